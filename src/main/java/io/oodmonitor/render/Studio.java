package io.oodmonitor.render;

import java.util.Arrays;

/**
 * Draws a mesh onto a film: hidden surfaces by a depth buffer, then light and a shadow on the ground. Not thread-safe.
 */
final class Studio {
    private static final int SIDE = Film.SIDE;

    private final View view;
    private final Lighting light;
    private final float[] depth = new float[SIDE * SIDE];
    private final float[] normalX = new float[SIDE * SIDE];
    private final float[] normalY = new float[SIDE * SIDE];
    private final byte[] material = new byte[SIDE * SIDE];

    Studio(View view, Lighting light) {
        this.view = view;
        this.light = light;
    }

    void shoot(Mesh mesh, Film film) {
        film.shade(shadow(mesh), 0.62f);
        project(mesh);
        for (int i = 0; i < depth.length; i++) {
            if (depth[i] > -Float.MAX_VALUE) {
                shine(mesh.material(material[i]), normalX[i], normalY[i], film, i);
            }
        }
    }

    /** Where the mesh keeps the lamp's light from the ground, with a soft edge. */
    private float[] shadow(Mesh mesh) {
        Pose pose = view.pose();
        // The pose is a rotation, so its transpose leads back.
        Vec lamp = light.lamp();
        double lx = pose.xx() * lamp.x() + pose.yx() * lamp.y() + pose.zx() * lamp.z();
        double ly = pose.xy() * lamp.x() + pose.yy() * lamp.y() + pose.zy() * lamp.z();
        double lz = pose.xz() * lamp.x() + pose.yz() * lamp.y() + pose.zz() * lamp.z();
        float[] shadow = new float[SIDE * SIDE];
        float[] at = mesh.corners;
        float[] screen = new float[6];
        for (int t = 0; t < mesh.triangles(); t++) {
            for (int k = 0; k < 3; k++) {
                int i = 9 * t + 3 * k;
                double fall = (at[i + 2] - mesh.floor) / lz;
                Vec on = pose.turn(new Vec(at[i] - lx * fall, at[i + 1] - ly * fall, mesh.floor));
                screen[2 * k] = (float) (view.x() + view.scale() * on.x());
                screen[2 * k + 1] = (float) (view.y() - view.scale() * on.y());
            }
            float area = area(screen);
            if (area > 0) {
                fill(screen, shadow);
            }
        }
        Blur.soft(shadow, SIDE, 3);
        return shadow;
    }

    private static float area(float[] p) {
        return (p[2] - p[0]) * (p[5] - p[1]) - (p[4] - p[0]) * (p[3] - p[1]);
    }

    private static void fill(float[] p, float[] mask) {
        int x0 = clamp((int) Math.floor(min(p[0], p[2], p[4])));
        int x1 = clamp((int) Math.ceil(max(p[0], p[2], p[4])));
        int y0 = clamp((int) Math.floor(min(p[1], p[3], p[5])));
        int y1 = clamp((int) Math.ceil(max(p[1], p[3], p[5])));
        float ax = p[1] - p[3];
        float bx = p[3] - p[5];
        float cx = p[5] - p[1];
        for (int y = y0; y <= y1; y++) {
            float a = (p[2] - p[0]) * (y - p[1]) + ax * (x0 - p[0]);
            float b = (p[4] - p[2]) * (y - p[3]) + bx * (x0 - p[2]);
            float c = (p[0] - p[4]) * (y - p[5]) + cx * (x0 - p[4]);
            for (int i = y * SIDE + x0; i <= y * SIDE + x1; i++) {
                if (a >= 0 && b >= 0 && c >= 0) {
                    mask[i] = 1;
                }
                a += ax;
                b += bx;
                c += cx;
            }
        }
    }

    private void project(Mesh mesh) {
        Arrays.fill(depth, -Float.MAX_VALUE);
        Pose pose = view.pose();
        float scale = (float) view.scale();
        float[] p = new float[6];
        float[] z = new float[3];
        float[] n = new float[6];
        for (int t = 0; t < mesh.triangles(); t++) {
            float towards = 0;
            for (int k = 0; k < 3; k++) {
                int i = 9 * t + 3 * k;
                float[] c = mesh.corners;
                p[2 * k] = (float) (view.x() + scale * (pose.xx() * c[i] + pose.xy() * c[i + 1] + pose.xz() * c[i + 2]));
                p[2 * k + 1] =
                        (float) (view.y() - scale * (pose.yx() * c[i] + pose.yy() * c[i + 1] + pose.yz() * c[i + 2]));
                z[k] = (float) (pose.zx() * c[i] + pose.zy() * c[i + 1] + pose.zz() * c[i + 2]);
                float[] m = mesh.normals;
                n[2 * k] = (float) (pose.xx() * m[i] + pose.xy() * m[i + 1] + pose.xz() * m[i + 2]);
                n[2 * k + 1] = (float) (pose.yx() * m[i] + pose.yy() * m[i + 1] + pose.yz() * m[i + 2]);
                towards += (float) (pose.zx() * m[i] + pose.zy() * m[i + 1] + pose.zz() * m[i + 2]);
            }
            if (towards > -0.1f) {
                rasterise(p, z, n, mesh.materials[t]);
            }
        }
    }

    private void rasterise(float[] p, float[] z, float[] n, byte stuff) {
        float area = area(p);
        if (Math.abs(area) < 1e-6f) {
            return;
        }
        float inverse = 1 / area;
        int x0 = clamp((int) Math.floor(min(p[0], p[2], p[4])));
        int x1 = clamp((int) Math.ceil(max(p[0], p[2], p[4])));
        int y0 = clamp((int) Math.floor(min(p[1], p[3], p[5])));
        int y1 = clamp((int) Math.ceil(max(p[1], p[3], p[5])));
        float ax = (p[3] - p[5]) * inverse;
        float cx = (p[1] - p[3]) * inverse;
        for (int y = y0; y <= y1; y++) {
            float a = (p[4] - p[2]) * (y - p[3]) * inverse + ax * (x0 - p[2]);
            float c = (p[2] - p[0]) * (y - p[1]) * inverse + cx * (x0 - p[0]);
            for (int i = y * SIDE + x0; i <= y * SIDE + x1; i++) {
                float b = 1 - a - c;
                if (a >= 0 && b >= 0 && c >= 0) {
                    float at = a * z[0] + b * z[1] + c * z[2];
                    if (at > depth[i]) {
                        depth[i] = at;
                        normalX[i] = a * n[0] + b * n[2] + c * n[4];
                        normalY[i] = a * n[1] + b * n[3] + c * n[5];
                        material[i] = stuff;
                    }
                }
                a += ax;
                c += cx;
            }
        }
    }

    /** Paint scatters what falls on it; metal mirrors a bright ceiling, a dark horizon, a grey floor and a soft lamp. */
    private void shine(Material stuff, float nx, float ny, Film film, int i) {
        float nz = (float) Math.sqrt(Math.max(0.001f, 1 - nx * nx - ny * ny));
        Vec l = light.lamp();
        Vec up = light.ground();
        float facing = Math.max(0, (float) (nx * l.x() + ny * l.y() + nz * l.z()));
        float rising = (float) (nx * up.x() + ny * up.y() + nz * up.z());
        float rx = 2 * nz * nx;
        float ry = 2 * nz * ny;
        float rz = 2 * nz * nz - 1;
        float mirroredUp = (float) (rx * up.x() + ry * up.y() + rz * up.z());
        float mirroredLamp = Math.max(0, (float) (rx * l.x() + ry * l.y() + rz * l.z()));
        float scattered = (float) (light.fill() * (0.55 + 0.45 * rising) + 0.8 * light.key() * facing);
        float ceiling = mirroredUp > 0 ? 0.3f + 0.7f * mirroredUp : 0.3f + 0.35f * mirroredUp;
        float fourth = mirroredLamp * mirroredLamp * mirroredLamp * mirroredLamp;
        float tight = fourth * fourth * fourth;
        float lobe = stuff.gloss() * tight * 1.6f + (1 - stuff.gloss()) * fourth * 0.6f;
        float mirrored = (float) (light.fill() * 1.1 * ceiling + light.key() * (lobe + 0.35 * facing));
        float tooled = 1 + 0.05f * Backdrop.grain(i % SIDE / 2 + (int) (90 * nx), i / SIDE / 2 + (int) (90 * ny));
        float body = (stuff.metal() * mirrored + (1 - stuff.metal()) * scattered) * tooled;
        float glint = (float) ((1 - stuff.metal()) * stuff.gloss() * light.key() * tight * 0.5);
        film.red[i] = stuff.red() * body + glint;
        film.green[i] = stuff.green() * body + glint;
        film.blue[i] = stuff.blue() * body + glint;
    }

    private static int clamp(int at) {
        return Math.min(Math.max(at, 0), SIDE - 1);
    }

    private static float min(float a, float b, float c) {
        return Math.min(a, Math.min(b, c));
    }

    private static float max(float a, float b, float c) {
        return Math.max(a, Math.max(b, c));
    }
}
