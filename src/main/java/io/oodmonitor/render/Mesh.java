package io.oodmonitor.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Triangles with a normal at each corner and a material each, gathered solid by solid. Normals point outwards. Not
 * thread-safe: one mesh is built and drawn by one thread.
 */
final class Mesh {
    /** Corners of triangle i from 9 i: x, y, z of each of three. */
    float[] corners = new float[9 * 1024];
    float[] normals = new float[9 * 1024];
    byte[] materials = new byte[1024];
    /** The height of the ground that the settled mesh lies on. */
    float floor;
    private int triangles;
    private final List<Material> palette = new ArrayList<>();
    private Pose pose = Pose.IDENTITY;
    private byte material;

    int triangles() {
        return triangles;
    }

    Material material(int index) {
        return palette.get(index);
    }

    /** Where what is added next stands. */
    Mesh at(Pose place) {
        pose = place;
        return this;
    }

    /** What is added next is made of. */
    Mesh of(Material stuff) {
        int index = palette.indexOf(stuff);
        if (index < 0) {
            index = palette.size();
            palette.add(stuff);
        }
        material = (byte) index;
        return this;
    }

    void triangle(Vec a, Vec b, Vec c, Vec na, Vec nb, Vec nc) {
        if (triangles == materials.length) {
            corners = Arrays.copyOf(corners, corners.length * 2);
            normals = Arrays.copyOf(normals, normals.length * 2);
            materials = Arrays.copyOf(materials, materials.length * 2);
        }
        int at = 9 * triangles;
        put(corners, at, pose.apply(a));
        put(corners, at + 3, pose.apply(b));
        put(corners, at + 6, pose.apply(c));
        put(normals, at, pose.turn(na).unit());
        put(normals, at + 3, pose.turn(nb).unit());
        put(normals, at + 6, pose.turn(nc).unit());
        materials[triangles++] = material;
    }

    void quad(Vec a, Vec b, Vec c, Vec d, Vec na, Vec nb, Vec nc, Vec nd) {
        triangle(a, b, c, na, nb, nc);
        triangle(a, c, d, na, nc, nd);
    }

    private static void put(float[] to, int at, Vec v) {
        to[at] = (float) v.x();
        to[at + 1] = (float) v.y();
        to[at + 2] = (float) v.z();
    }

    /** Turns the whole mesh, then centres it, with the ground below and no corner farther than 1 from the origin. */
    void settle(Pose turn) {
        float[] low = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
        float[] high = {-Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
        for (int i = 0; i < 9 * triangles; i += 3) {
            put(corners, i, turn.apply(new Vec(corners[i], corners[i + 1], corners[i + 2])));
            put(normals, i, turn.turn(new Vec(normals[i], normals[i + 1], normals[i + 2])));
            for (int k = 0; k < 3; k++) {
                low[k] = Math.min(low[k], corners[i + k]);
                high[k] = Math.max(high[k], corners[i + k]);
            }
        }
        float[] middle = {(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2};
        float reach = 0;
        for (int i = 0; i < 9 * triangles; i += 3) {
            float squared = 0;
            for (int k = 0; k < 3; k++) {
                corners[i + k] -= middle[k];
                squared += corners[i + k] * corners[i + k];
            }
            reach = Math.max(reach, squared);
        }
        float scale = (float) (1 / Math.sqrt(reach));
        for (int i = 0; i < 9 * triangles; i++) {
            corners[i] *= scale;
        }
        floor = (low[2] - middle[2]) * scale;
    }
}
