package io.oodmonitor.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The images below a folder of an archive and their classes, as torchvision's ImageFolder sees the unpacked folder:
 * classes sorted by name, in each its folders and their files sorted by name. Immutable.
 *
 * @param classNames one a folder; empty if the images lie in the folder itself
 */
record ImageTree(List<String> classNames, List<Image> images) {

    /** What macOS adds to the archives that it packs. */
    private static final String MAC_FOLDER = "__MACOSX";

    /**
     * An image.
     *
     * @param id    its name below the folder
     * @param label the index of its class, -1 if there are none
     */
    record Image(Archive.Entry entry, String id, int label) {

        private String folder() {
            return id.substring(0, Math.max(0, id.lastIndexOf('/')));
        }

        private String name() {
            return id.substring(id.lastIndexOf('/') + 1);
        }
    }

    /** @param folder which; "." is the top; empty for the innermost that holds all images */
    static ImageTree of(Archive archive, Optional<String> folder) throws IOException {
        List<Archive.Entry> all = archive.files().stream()
                .filter(entry -> isImage(entry.name())).toList();
        String root = folder.map(name -> name.equals(".") ? "" : name.endsWith("/") ? name : name + "/")
                .orElseGet(() -> Archive.commonFolder(all));
        TreeSet<String> classes = new TreeSet<>();
        archive.folders().forEach(name -> addClass(classes, root, name + "/"));
        archive.files().forEach(entry -> addClass(classes, root, entry.name()));
        List<String> classNames = List.copyOf(classes);
        Map<String, Integer> labels = new HashMap<>();
        classNames.forEach(name -> labels.put(name, labels.size()));
        List<Image> images = new ArrayList<>();
        Image stray = null;
        for (Archive.Entry entry : all) {
            if (entry.name().startsWith(root)) {
                String id = entry.name().substring(root.length());
                int label = labels.getOrDefault(id.substring(0, Math.max(0, id.indexOf('/'))), -1);
                if (label >= 0 || id.indexOf('/') < 0) {
                    images.add(new Image(entry, id, label));
                }
                stray = label < 0 && id.indexOf('/') < 0 ? images.get(images.size() - 1) : stray;
            }
        }
        check(archive, folder, images, stray);
        images.sort(Comparator.comparingInt(Image::label).thenComparing(Image::folder).thenComparing(Image::name));
        return new ImageTree(stray == null ? classNames : List.of(), List.copyOf(images));
    }

    private static void check(Archive archive, Optional<String> folder, List<Image> images, Image stray)
            throws IOException {
        String place = archive.path() + folder.map(name -> "#" + name).orElse("");
        if (images.isEmpty()) {
            throw new IOException("archive " + place + " must hold images (" + String.join(", ", ImageNames.ENDINGS)
                    + ") or folders of images, but holds none");
        }
        if (stray != null && images.stream().anyMatch(image -> image.label() >= 0)) {
            throw new IOException("archive " + place + " must hold either images or folders of images, but holds "
                    + "both: " + EntryName.printable(stray.id()) + " lies beside the folders");
        }
    }

    private static boolean isImage(String name) {
        return !name.startsWith(MAC_FOLDER + "/") && ImageNames.isImage(name.substring(name.lastIndexOf('/') + 1));
    }

    private static void addClass(TreeSet<String> classes, String root, String name) {
        int end = name.indexOf('/', root.length());
        if (name.startsWith(root) && end > root.length()) {
            String top = name.substring(root.length(), end);
            if (!ImageNames.isHidden(top) && !top.equals(MAC_FOLDER)) {
                classes.add(top);
            }
        }
    }
}
