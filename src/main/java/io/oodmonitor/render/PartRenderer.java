package io.oodmonitor.render;

/**
 * Takes pictures of parts, and of what else may come before the camera. Every picture is a pure function of its subject
 * and seed: the same pixels on every call, in every process. Stateless and thread-safe.
 */
public final class PartRenderer {
    private static final int SUBJECTS = PartClass.values().length;

    /** A known part. */
    public Render render(PartClass part, long seed) {
        return photograph(part.ordinal() + 1, seed, (draw, view, light, film) ->
                new Studio(view, light).shoot(KnownParts.of(part, draw), film), Fault.NONE);
    }

    /** Something that the classifier never learned. */
    public Render render(OddKind kind, long seed) {
        Subject known = (draw, view, light, film) -> new Studio(view, light)
                .shoot(KnownParts.of(PartClass.values()[draw.below(SUBJECTS)], draw), film);
        int subject = SUBJECTS + 1 + kind.ordinal();
        return switch (kind) {
            case UNSEEN_PART -> photograph(subject, seed, (draw, view, light, film) ->
                    new Studio(view, light).shoot(UnseenParts.any(draw), film), Fault.NONE);
            case FOREIGN_OBJECT -> photograph(subject, seed, ForeignObjects::any, Fault.NONE);
            case SMEARED_LENS -> photograph(subject, seed, known, Fault.SMEAR);
            case DARK_FRAME -> photograph(subject, seed, known, Fault.DARK);
            case FLIPPED_CHANNEL -> photograph(subject, seed, known, Fault.FLIP);
        };
    }

    /** Puts something before the camera. */
    private interface Subject {
        void place(Draw draw, View view, Lighting light, Film film);
    }

    private static Render photograph(int number, long seed, Subject subject, Fault fault) {
        // Each stage draws from a source of its own, so that a change to one leaves the others as they were.
        Draw draw = Draw.of(seed, number);
        Draw scene = draw.split();
        Draw shape = draw.split();
        Draw camera = draw.split();
        Draw failure = draw.split();
        View view = View.draw(scene);
        Lighting light = Lighting.draw(scene, view);
        Film film = new Film();
        Backdrop.lay(film, light, scene);
        subject.place(shape, view, light, film);
        float[][] planes = {Film.develop(film.red), Film.develop(film.green), Film.develop(film.blue)};
        Sensor sensor = Sensor.draw(camera);
        byte[] rgb = fault.strike(planes, sensor, camera, failure);
        return new Render(rgb, camera.between(80, 95));
    }
}
