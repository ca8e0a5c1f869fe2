package io.oodmonitor.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which reader a path is for, by what lies there. Stateless. */
final class DatasetFormat {

    private DatasetFormat() {
    }

    static Dataset open(DatasetPath place, ArchiveLimits limits) throws IOException {
        Path path = place.path();
        if (Files.isDirectory(path)) {
            Optional<CifarVersion> cifar = CifarVersion.in(Container.of(path));
            return cifar.isPresent() ? cifar.get().open(place.name(), Container.of(path), place.part())
                    : whole(place, ImageFolder.open(path));
        }
        if (Archive.looksLike(path)) {
            Archive archive = Archive.open(path, limits);
            Optional<CifarVersion> cifar = CifarVersion.in(archive.container());
            if (cifar.isPresent()) {
                return cifar.get().open(place.name(), archive.container(), place.part());
            }
            return place.first().isPresent()
                    ? whole(place, ImageArchive.of(place.name(), archive, Optional.empty(), limits))
                    : ImageArchive.of(place.name(), archive, place.part(), limits);
        }
        return file(place);
    }

    private static Dataset file(DatasetPath place) throws IOException {
        Path path = place.path();
        Optional<CifarLayout> cifar = CifarFile.layout(path);
        if (cifar.isPresent()) {
            return whole(place, CifarFile.open(path, cifar.get()));
        }
        if (MatReader.looksLike(path)) {
            if (place.part().isPresent() && place.first().isEmpty()) {
                throw new IOException("part of MATLAB file " + path + " must be firstN, as in first1000 for the first "
                        + "1,000 of each digit, but is " + place.part().get());
            }
            return MatFile.open(place);
        }
        if (IdxFile.looksLike(path)) {
            return whole(place, IdxFile.open(path));
        }
        throw new IOException("data set " + path + " must be a folder, a tar, tar.gz or zip archive of images, "
                + "CIFAR-10 or CIFAR-100 (archive, folder, or *.bin file with records of "
                + CifarLayout.CIFAR_10.recordBytes() + " or " + CifarLayout.CIFAR_100.recordBytes()
                + " bytes), an IDX file of images, or a MATLAB file of SVHN, but is none of these");
    }

    /** The set itself, or its first images. */
    private static Dataset whole(DatasetPath place, Dataset dataset) throws IOException {
        if (place.part().isEmpty()) {
            return dataset;
        }
        if (place.first().isEmpty() || !dataset.classNames().isEmpty()) {
            throw new IOException("data set " + place.path() + " has no part " + place.part().get()
                    + (dataset.classNames().isEmpty() ? ": firstN, as in first100, takes the first images of it"
                            : ": give the path of the folder or file wanted"));
        }
        return new FirstImages(place.name(), dataset, place.first().getAsLong());
    }
}
