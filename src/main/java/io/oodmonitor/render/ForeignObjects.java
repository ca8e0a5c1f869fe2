package io.oodmonitor.render;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;

/** What falls onto a belt and is no part. Flat things are painted; nothing here needs a font. */
final class ForeignObjects {
    private static final int SIDE = Film.SIDE;
    private static final float[] LINEAR = linear();

    private ForeignObjects() {
    }

    private static float[] linear() {
        float[] linear = new float[256];
        for (int i = 0; i < linear.length; i++) {
            linear[i] = (float) StrictMath.pow(i / 255.0, 2.2);
        }
        return linear;
    }

    static void any(Draw draw, View view, Lighting light, Film film) {
        int kind = draw.below(5);
        if (kind == 0) {
            new Studio(view, light).shoot(crumpledPaper(draw), film);
            return;
        }
        BufferedImage layer = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = layer.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        Pose pose = view.pose();
        pen.transform(new AffineTransform(view.scale() * pose.xx(), -view.scale() * pose.yx(),
                view.scale() * pose.xy(), -view.scale() * pose.yy(), view.x(), view.y()));
        switch (kind) {
            case 1 -> leaf(pen, draw);
            case 2 -> insect(pen, draw);
            case 3 -> coin(pen, draw);
            default -> printedLabel(pen, draw);
        }
        pen.dispose();
        stick(layer, light, film);
    }

    private static Mesh crumpledPaper(Draw draw) {
        Mesh mesh = new Mesh().of(Material.PAPER.lit((float) draw.between(0.8, 1.0)));
        int rows = 7;
        int columns = 10;
        Vec[][] grid = new Vec[rows + 1][columns + 1];
        for (int i = 0; i <= rows; i++) {
            for (int j = 0; j < columns; j++) {
                double polar = Math.PI * i / rows;
                double angle = 2 * Math.PI * (j + 0.5 * (i % 2)) / columns;
                double radius = draw.between(0.68, 1.12);
                grid[i][j] = new Vec(radius * StrictMath.sin(polar) * StrictMath.cos(angle),
                        radius * StrictMath.sin(polar) * StrictMath.sin(angle), 0.8 * radius * StrictMath.cos(polar));
            }
            grid[i][columns] = grid[i][0];
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                facet(mesh, grid[i][j], grid[i + 1][j], grid[i + 1][j + 1]);
                facet(mesh, grid[i][j], grid[i + 1][j + 1], grid[i][j + 1]);
            }
        }
        mesh.settle(Pose.aboutX(draw.angle()));
        return mesh;
    }

    private static void facet(Mesh mesh, Vec a, Vec b, Vec c) {
        Vec out = b.minus(a).cross(c.minus(a)).unit();
        mesh.triangle(a, b, c, out, out, out);
    }

    private static void leaf(Graphics2D pen, Draw draw) {
        double width = draw.between(0.42, 0.62);
        float hue = (float) draw.between(0.07, 0.33);
        Color body = Color.getHSBColor(hue, 0.75f, (float) draw.between(0.45, 0.75));
        Path2D outline = new Path2D.Double();
        outline.moveTo(-0.85, 0);
        outline.curveTo(-0.5, width * 1.25, 0.3, width * 1.1, 0.98, 0.04);
        outline.curveTo(0.3, -width * 1.1, -0.5, -width * 1.25, -0.85, 0);
        pen.setPaint(new GradientPaint(0, -(float) width, body.darker(), 0, (float) width, body));
        pen.fill(outline);
        pen.setColor(Color.getHSBColor(hue, 0.45f, 0.85f));
        pen.setStroke(new BasicStroke(0.035f));
        pen.draw(new Line2D.Double(-1.1, -0.05, 0.9, 0.02));
        pen.setStroke(new BasicStroke(0.018f));
        for (int i = 0; i < 6; i++) {
            double x = -0.65 + i * 0.24;
            double reach = width * (0.75 - 0.11 * Math.abs(i - 2));
            pen.draw(new Line2D.Double(x, 0, x + 0.28, reach));
            pen.draw(new Line2D.Double(x, 0, x + 0.28, -reach));
        }
        for (int i = draw.between(0, 3); i > 0; i--) {
            pen.setColor(new Color(90, 60, 30, 150));
            double size = draw.between(0.06, 0.14);
            pen.fill(new Ellipse2D.Double(draw.between(-0.4, 0.4), draw.between(-0.2, 0.2), size, size));
        }
    }

    private static void insect(Graphics2D pen, Draw draw) {
        pen.setColor(new Color(28, 20, 16));
        pen.setStroke(new BasicStroke(0.045f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (int i = -1; i <= 1; i++) {
            for (int side = -1; side <= 1; side += 2) {
                Path2D leg = new Path2D.Double();
                leg.moveTo(0.15 + 0.2 * i, 0);
                leg.lineTo(0.15 + 0.38 * i, side * draw.between(0.48, 0.58));
                leg.lineTo(0.12 + 0.62 * i + draw.between(-0.08, 0.08), side * draw.between(0.75, 0.95));
                pen.draw(leg);
            }
        }
        pen.setStroke(new BasicStroke(0.025f));
        pen.draw(new Line2D.Double(0.68, 0.05, 1.0, draw.between(0.15, 0.4)));
        pen.draw(new Line2D.Double(0.68, -0.05, 1.0, draw.between(-0.4, -0.15)));
        boolean fly = draw.chance(0.5);
        Color shell = Color.getHSBColor((float) (draw.chance(0.5) ? draw.between(0.0, 0.06) : draw.between(0.25, 0.6)),
                0.8f, (float) draw.between(0.3, 0.65));
        pen.fill(new Ellipse2D.Double(0.5, -0.17, 0.34, 0.34));
        pen.setPaint(new RadialGradientPaint(-0.15f, 0.12f, 0.7f, new float[] {0f, 1f},
                new Color[] {shell.brighter(), shell.darker().darker()}));
        double girth = fly ? 0.26 : 0.42;
        pen.fill(new Ellipse2D.Double(-0.82, -girth, 1.42, 2 * girth));
        if (fly) {
            pen.setColor(new Color(225, 230, 240, 150));
            for (int side = -1; side <= 1; side += 2) {
                AffineTransform back = pen.getTransform();
                pen.rotate(side * draw.between(0.35, 0.7), 0.2, 0);
                pen.fill(new Ellipse2D.Double(-0.95, side * 0.1 - 0.18, 1.15, 0.36));
                pen.setTransform(back);
            }
        } else {
            pen.setColor(new Color(15, 12, 10));
            pen.setStroke(new BasicStroke(0.035f));
            pen.draw(new Line2D.Double(-0.82, 0, 0.42, 0));
            pen.draw(new Line2D.Double(0.4, -0.3, 0.4, 0.3));
        }
    }

    private static void coin(Graphics2D pen, Draw draw) {
        Color metal = switch (draw.below(3)) {
            case 0 -> new Color(196, 120, 74);
            case 1 -> new Color(206, 172, 84);
            default -> new Color(188, 190, 194);
        };
        disc(pen, 0.98, metal.darker());
        disc(pen, 0.93, metal);
        disc(pen, 0.82, metal.darker());
        pen.setPaint(new GradientPaint(-0.7f, -0.7f, metal, 0.7f, 0.7f, metal.darker()));
        pen.fill(new Ellipse2D.Double(-0.79, -0.79, 1.58, 1.58));
        Path2D head = new Path2D.Double();
        head.moveTo(-0.34, -0.58);
        head.curveTo(-0.15, -0.3, -0.32, -0.2, -0.36, 0.1);
        head.curveTo(-0.36, 0.5, 0.2, 0.62, 0.32, 0.2);
        head.lineTo(0.44, 0.02);
        head.lineTo(0.32, -0.04);
        head.curveTo(0.36, -0.3, 0.14, -0.24, 0.16, -0.36);
        head.lineTo(0.3, -0.58);
        head.closePath();
        pen.translate(0.03, -0.03);
        pen.setColor(metal.darker().darker());
        pen.fill(head);
        pen.translate(-0.05, 0.05);
        pen.setColor(metal.brighter());
        pen.fill(head);
        pen.setStroke(new BasicStroke(0.06f));
        for (int i = 0; i < 9; i++) {
            double angle = -0.9 + 0.35 * i + 1.6;
            pen.setColor(metal.brighter());
            double x = 0.66 * StrictMath.cos(angle);
            double y = 0.66 * StrictMath.sin(angle);
            pen.draw(new Line2D.Double(x, y, x * 0.88, y * 0.88));
        }
    }

    private static void disc(Graphics2D pen, double radius, Color color) {
        pen.setColor(color);
        pen.fill(new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius));
    }

    private static void printedLabel(Graphics2D pen, Draw draw) {
        double height = draw.between(0.5, 0.7);
        Color[] papers = {new Color(245, 244, 238), new Color(250, 214, 60), new Color(240, 120, 40)};
        pen.setColor(papers[draw.below(papers.length)]);
        pen.fill(new RoundRectangle2D.Double(-0.95, -height, 1.9, 2 * height, 0.14, 0.14));
        pen.setColor(new Color(25, 25, 30));
        double x = -0.8;
        while (x < 0.75) {
            double bar = 0.03 * draw.between(1, 3);
            pen.fill(new Rectangle2D.Double(x, 0.02, bar, height - 0.12));
            x += bar + 0.03 * draw.between(1, 3);
        }
        pen.setStroke(new BasicStroke(0.045f));
        for (double y = -height + 0.14; y < -0.05; y += 0.16) {
            double at = -0.8;
            while (at < draw.between(0.3, 0.7)) {
                double word = draw.between(0.08, 0.34);
                pen.draw(new Line2D.Double(at, y, Math.min(0.82, at + word), y));
                at += word + 0.09;
            }
        }
    }

    /** Lays a painted layer onto the film, lit like the ground it lies on. */
    private static void stick(BufferedImage layer, Lighting light, Film film) {
        int[] argb = layer.getRGB(0, 0, SIDE, SIDE, null, 0, SIDE);
        float[] shadow = new float[argb.length];
        int dx = (int) Math.round(-4 * light.lamp().x());
        int dy = (int) Math.round(4 * light.lamp().y());
        for (int y = 6; y < SIDE - 6; y++) {
            for (int x = 6; x < SIDE - 6; x++) {
                shadow[(y + dy) * SIDE + x + dx] = (argb[y * SIDE + x] >>> 24) / 255f;
            }
        }
        Blur.soft(shadow, SIDE, 3);
        film.shade(shadow, 0.55f);
        float lit = (float) (light.fill() * 0.9 + 0.8 * light.key() * Math.max(0.2, light.lamp().dot(light.ground())));
        for (int i = 0; i < argb.length; i++) {
            float alpha = (argb[i] >>> 24) / 255f;
            if (alpha > 0) {
                film.red[i] += alpha * (LINEAR[argb[i] >> 16 & 0xFF] * lit - film.red[i]);
                film.green[i] += alpha * (LINEAR[argb[i] >> 8 & 0xFF] * lit - film.green[i]);
                film.blue[i] += alpha * (LINEAR[argb[i] & 0xFF] * lit - film.blue[i]);
            }
        }
    }
}
