package dev.chatelaine.mcp.gateway;

import static dev.chatelaine.mcp.gateway.GatewayService.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.fake.FakeProvider;
import dev.chatelaine.mcp.gateway.Application.Answered;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.ModelName;
import dev.chatelaine.vault.llm.NewConfiguration;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.secret.SecretChange;
import dev.chatelaine.vault.secret.SecretName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is changed while a stream is under way: the stream ends as it began, and the next request goes by the change. */
class ChangesInMidStreamIT {
    private static final SecretName KEY = new SecretName("provider_key_openai");
    private static final String ANOTHER = "sk-fake-openai-key-another-one";

    private static final String ITS_OWN = "sk-configuration-0123456789abcdef";

    @TempDir
    private Path home;

    private final PausedStream paused = new PausedStream();

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @SuppressWarnings("NullAway.Init")
    private Application application;

    @SuppressWarnings("NullAway.Init")
    private FakeProvider openai;

    private long reservedForTheStream;

    @BeforeEach
    void start() throws IOException {
        service = GatewayService.in(home);
        openai = service.provider("openai");
        application = service.application(service.key("app"));
        openai.next(paused);
    }

    @AfterEach
    void stop() {
        paused.goOn();
        service.close();
    }

    private Answered asked() {
        return application.chat(service.model("openai"), "hello there");
    }

    /** The stream goes on to its end, and costs what it used, whatever else was asked meanwhile. */
    private void assertEndsWell(StreamUnderWay stream) {
        Await.that(() -> service.spend("app").reserved() == reservedForTheStream);
        long before = service.spend("app").spent();
        paused.goOn();
        stream.assertEndsWell();
        Await.that(() -> service.spend("app").reserved() == 0);
        assertThat(service.spend("app").spent()).isEqualTo(before + PausedStream.COST);
        assertThat(service.usage().estimated()).isZero();
    }

    private StreamUnderWay begun(String model) {
        StreamUnderWay stream = application.begin(model);
        reservedForTheStream = service.spend("app").reserved();
        assertThat(reservedForTheStream).isGreaterThan(PausedStream.COST);
        return stream;
    }

    @Test
    void aKeyThatIsReplacedIsTheNextRequests() {
        StreamUnderWay stream = begun(service.model("openai"));
        openai.accept(ANOTHER);
        openai.revoke(openai.key());

        service.vault().secrets().update(OWNER, KEY, new SecretChange(SecretValue.of(ANOTHER), null, null));
        Answered next = asked();

        assertThat(next.status()).as(next.all()).isEqualTo(200);
        assertThat(openai.last().header("authorization")).hasValue("Bearer " + ANOTHER);
        assertEndsWell(stream);
        assertThat(openai.requests().get(0).header("authorization")).hasValue("Bearer " + openai.key());
    }

    @Test
    void withoutTheKeyThatIsRemovedThereIsNoneForTheNextRequest() {
        StreamUnderWay stream = begun(service.model("openai"));

        service.vault().secretHistory().delete(OWNER, KEY);
        Answered next = asked();

        assertThat(next.status()).as(next.all()).isEqualTo(403);
        assertThat(next.code()).isEqualTo("no_credential");
        assertThat(openai.requests()).hasSize(1);
        assertEndsWell(stream);
    }

    @Test
    void whereTheKeyIsRemovedThePoolServesTheNextRequest() {
        openai.accept(ANOTHER);
        service.vault().pool().set(OWNER, "openai", SecretValue.of(ANOTHER));
        StreamUnderWay stream = begun(service.model("openai"));
        assertThat(stream.header("x-chatelaine-credential")).isEqualTo("byok");

        service.vault().secretHistory().delete(OWNER, KEY);
        Answered next = asked();

        assertThat(next.status()).as(next.all()).isEqualTo(200);
        assertThat(next.header("x-chatelaine-credential")).isEqualTo("pool");
        assertThat(openai.last().header("authorization")).hasValue("Bearer " + ANOTHER);
        Await.that(() -> quotaUsed() > 0);
        long ofThePool = quotaUsed();
        assertEndsWell(stream);
        assertThat(quotaUsed()).isEqualTo(ofThePool);
    }

    @Test
    void aKeyThatAnotherRequestFindsFailingIsMarkedAndStaysSo() {
        openai.accept(ANOTHER);
        service.vault().pool().set(OWNER, "openai", SecretValue.of(ANOTHER));
        StreamUnderWay stream = begun(service.model("openai"));

        openai.revoke(openai.key());
        Answered next = asked();

        assertThat(next.status()).as(next.all()).isEqualTo(200);
        assertThat(next.header("x-chatelaine-credential")).isEqualTo("pool");
        assertThat(next.header("x-chatelaine-attempts")).isEqualTo("2");
        Await.that(() -> statusOfTheKey() == KeyStatus.INVALID);
        assertEndsWell(stream);
        assertThat(statusOfTheKey()).isEqualTo(KeyStatus.INVALID);
    }

    @Test
    void anotherDefaultIsTheNextRequests() {
        configure("first", "openai", true);
        configure("second", "groq", false);
        StreamUnderWay stream = begun("default");
        assertThat(stream.header("x-chatelaine-provider")).isEqualTo("openai");

        service.vault().llmConfigurations().setDefault(OWNER, new ConfigurationName("second"));
        Answered next = application.chat("default", "hello there");

        assertThat(next.status()).as(next.all()).isEqualTo(200);
        assertThat(next.header("x-chatelaine-provider")).isEqualTo("groq");
        assertEndsWell(stream);
        assertThat(openai.requests()).hasSize(1);
    }

    @Test
    void aConfigurationsOwnKeyThatIsReplacedIsTheNextRequests() {
        StreamUnderWay stream = begunWithAKeyOfItsOwn();
        openai.accept(ANOTHER);
        openai.revoke(ITS_OWN);

        service.vault().llmKeys().set(OWNER, new ConfigurationName("chat"), SecretValue.of(ANOTHER));
        Answered next = application.chat("chat", "hello there");

        assertThat(next.status()).as(next.all()).isEqualTo(200);
        assertThat(openai.last().header("authorization")).hasValue("Bearer " + ANOTHER);
        assertEndsWell(stream);
    }

    @Test
    void whereAConfigurationsOwnKeyIsRemovedTheTenantsServesTheNextRequest() {
        StreamUnderWay stream = begunWithAKeyOfItsOwn();

        service.vault().llmKeys().remove(OWNER, new ConfigurationName("chat"));
        Answered next = application.chat("chat", "hello there");

        assertThat(next.status()).as(next.all()).isEqualTo(200);
        assertThat(openai.last().header("authorization")).hasValue("Bearer " + openai.key());
        assertEndsWell(stream);
    }

    private StreamUnderWay begunWithAKeyOfItsOwn() {
        configure("chat", "openai", false);
        service.vault().llmKeys().set(OWNER, new ConfigurationName("chat"), SecretValue.of(ITS_OWN));
        openai.accept(ITS_OWN);
        StreamUnderWay stream = begun("chat");
        assertThat(openai.last().header("authorization")).hasValue("Bearer " + ITS_OWN);
        return stream;
    }

    private void configure(String name, String provider, boolean byDefault) {
        service.vault()
                .llmConfigurations()
                .create(
                        OWNER,
                        new NewConfiguration(
                                new ConfigurationName(name),
                                provider,
                                new ModelName(service.provider(provider).model()),
                                null,
                                List.of(),
                                byDefault));
    }

    private long quotaUsed() {
        return service.vault().usage().quota(OWNER).used();
    }

    private @Nullable KeyStatus statusOfTheKey() {
        return service.vault().byok().overview(OWNER).providers().stream()
                .filter(one -> one.provider().id().value().equals("openai"))
                .findFirst()
                .orElseThrow()
                .status();
    }
}
