package dev.chatelaine.vault;

import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.verify.KeyVerifier;
import dev.chatelaine.vault.verify.VerificationStatus;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Providers that answer what the test says, and remember what they were asked. */
public final class ScriptedVerifier implements KeyVerifier {
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private volatile VerificationStatus answer = VerificationStatus.VALID;
    private volatile Runnable meanwhile = () -> {};

    /** What a provider was asked. */
    public record Question(
            String provider, URI baseUrl, @Nullable SecretValue key) {}

    /** Answers this from now on. */
    public void answers(VerificationStatus status) {
        answer = status;
    }

    /** Does this while a question is open. */
    public void meanwhile(Runnable happens) {
        meanwhile = happens;
    }

    /** All questions so far. */
    public List<Question> questions() {
        return List.copyOf(questions);
    }

    @Override
    public VerificationStatus verify(Provider provider, URI baseUrl, @Nullable SecretValue key) {
        questions.add(new Question(provider.id().value(), baseUrl, key));
        meanwhile.run();
        return answer;
    }
}
