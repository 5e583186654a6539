package io.tickmesh.upstream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Keeps the sealed tokens of one feed over restarts. The file belongs to its owner alone, and is whole or not there: it is
 * written beside its place and moved into it. Calls from one event loop happen in their order.
 */
final class TokenFile {
    private static final int LONGEST = 1 << 16;

    private final Vertx vertx;
    private final Path directory;
    private final Path file;

    TokenFile(Vertx vertx, Path directory, String feedId) {
        this.vertx = vertx;
        this.directory = directory;
        this.file = directory.resolve(feedId + ".tokens");
    }

    Future<Void> write(String sealed) {
        return vertx.executeBlocking(() -> {
            replace(sealed);
            return null;
        });
    }

    private void replace(String sealed) throws IOException {
        Files.createDirectories(directory, ownerOnly("rwx------"));
        Path written = Files.createTempFile(directory, file.getFileName() + ".", ".new", ownerOnly("rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.US_ASCII.encode(sealed);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private FileAttribute<?>[] ownerOnly(String permissions) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** What was written last; empty if nothing was. */
    Future<String> read() {
        return vertx.executeBlocking(() -> {
            try {
                if (Files.size(file) > LONGEST) {
                    throw new IOException(file + " is too large to hold tokens");
                }
                return Files.readString(file, StandardCharsets.ISO_8859_1);
            } catch (NoSuchFileException none) {
                return "";
            }
        });
    }
}
