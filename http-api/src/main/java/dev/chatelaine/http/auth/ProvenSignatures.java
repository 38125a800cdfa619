package dev.chatelaine.http.auth;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which signatures were found to be good, so that a token that comes with every request is not proved with every one. It
 * is remembered that one key made one signature over one text, which stays true whatever happens later: whether the key
 * still counts and the token is still good is asked anew each time. Bad ones are not remembered. Safe for several
 * threads.
 */
final class ProvenSignatures {
    private static final int MOST = 4096;

    private final Map<String, Boolean> digests = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    };

    /**
     * Whether this was proved before.
     *
     * @param digest a cryptographic digest of the key, the text and the signature
     */
    boolean contains(byte[] digest) {
        synchronized (digests) {
            return digests.get(HexFormat.of().formatHex(digest)) != null;
        }
    }

    void add(byte[] digest) {
        synchronized (digests) {
            digests.put(HexFormat.of().formatHex(digest), true);
        }
    }
}
