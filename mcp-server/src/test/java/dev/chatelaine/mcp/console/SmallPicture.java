package dev.chatelaine.mcp.console;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;

/** A picture of a page with its 256 most frequent colours, in which a page loses nothing and the file half its size. */
public record SmallPicture(BufferedImage picture) {
    private static final int COLOURS = 256;
    private static final int OPAQUE = 0xFFFFFF;

    public static SmallPicture of(byte[] png) throws IOException {
        BufferedImage whole = ImageIO.read(new ByteArrayInputStream(png));
        List<Integer> palette = palette(whole);
        BufferedImage small =
                new BufferedImage(whole.getWidth(), whole.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model(palette));
        Map<Integer, Integer> places = new HashMap<>();
        for (int y = 0; y < whole.getHeight(); y++) {
            for (int x = 0; x < whole.getWidth(); x++) {
                int place = places.computeIfAbsent(whole.getRGB(x, y) & OPAQUE, colour -> nearest(palette, colour));
                small.getRaster().setSample(x, y, 0, place);
            }
        }
        return new SmallPicture(small);
    }

    public void write(Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam tight = writer.getDefaultWriteParam();
        tight.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        tight.setCompressionQuality(0);
        Files.deleteIfExists(file); // the stream would leave the end of a longer one
        try (FileImageOutputStream out = new FileImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), tight);
        } finally {
            writer.dispose();
        }
    }

    private static List<Integer> palette(BufferedImage whole) {
        Map<Integer, Integer> uses = new HashMap<>();
        for (int y = 0; y < whole.getHeight(); y++) {
            for (int x = 0; x < whole.getWidth(); x++) {
                uses.merge(whole.getRGB(x, y) & OPAQUE, 1, Integer::sum);
            }
        }
        return uses.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(COLOURS)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static IndexColorModel model(List<Integer> palette) {
        int[] colours = palette.stream().mapToInt(Integer::intValue).toArray();
        return new IndexColorModel(8, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
    }

    private static int nearest(List<Integer> palette, int colour) {
        return IntStream.range(0, palette.size())
                .boxed()
                .min(Comparator.comparingInt(place -> distance(palette.get(place), colour)))
                .orElseThrow();
    }

    private static int distance(int one, int other) {
        return IntStream.of(0, 8, 16)
                .map(shift -> (one >> shift & 0xFF) - (other >> shift & 0xFF))
                .map(difference -> difference * difference)
                .sum();
    }
}
