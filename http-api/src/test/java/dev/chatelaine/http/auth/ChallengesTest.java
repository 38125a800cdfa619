package dev.chatelaine.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.http.auth.AuthenticationException.Kind;
import dev.chatelaine.vault.access.Permission;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChallengesTest {
    private static final String LOCATION = "https://vault.example.com/.well-known/oauth-protected-resource/mcp";
    private static final ProtectedResourceMetadata METADATA =
            new ProtectedResourceMetadata(URI.create(Forge.RESOURCE), List.of(TestKeys.ISSUER), List.of("openid"));

    private final Challenges challenges = new Challenges(METADATA);

    @Test
    void withoutATokenTheChallengeSaysWhereTokensComeFromAndNoError() {
        assertThat(challenges.answering(new AuthenticationException(Kind.MISSING, "No token.")))
                .contains("Bearer resource_metadata=\"" + LOCATION + "\"");
    }

    @Test
    void aTokenThatDoesNotCountIsAnInvalidToken() {
        assertThat(challenges.answering(new AuthenticationException(Kind.EXPIRED, "The token has expired.")))
                .contains("Bearer resource_metadata=\"" + LOCATION
                        + "\", error=\"invalid_token\", error_description=\"The token has expired.\"");
    }

    @Test
    void aWrongTenantAndAnUnreachableIssuerAreNoChallenge() {
        assertThat(challenges.answering(new AuthenticationException(Kind.WRONG_TENANT, "No.")))
                .isEmpty();
        assertThat(challenges.answering(new AuthenticationException(Kind.ISSUER_UNAVAILABLE, "No.")))
                .isEmpty();
    }

    @Test
    void aMissingPermissionIsAnInsufficientScope() {
        assertThat(challenges.insufficientScope(Permission.SECRETS_WRITE.label()))
                .isEqualTo("Bearer resource_metadata=\"" + LOCATION
                        + "\", error=\"insufficient_scope\", scope=\"secrets:write\"");
    }

    @Test
    void theDocumentNamesTheResourceItsIssuersAndWhatToAskThemFor() {
        assertThat(METADATA.document())
                .containsEntry("resource", Forge.RESOURCE)
                .containsEntry("authorization_servers", List.of(TestKeys.ISSUER))
                .containsEntry("scopes_supported", List.of("openid"))
                .containsEntry("bearer_methods_supported", List.of("header"));
    }

    @Test
    void whereNobodyElseIssuesTokensTheDocumentNamesNoIssuer() {
        assertThat(new ProtectedResourceMetadata(URI.create("http://127.0.0.1:8080"), List.of(), List.of()).document())
                .doesNotContainKeys("authorization_servers", "scopes_supported");
    }

    @ParameterizedTest
    @CsvSource({
        "https://v.example/mcp, https://v.example/.well-known/oauth-protected-resource/mcp",
        "https://v.example/, https://v.example/.well-known/oauth-protected-resource",
        "http://127.0.0.1:8080, http://127.0.0.1:8080/.well-known/oauth-protected-resource"
    })
    void theDocumentIsAtTheWellKnownPathBeforeTheResourcesOwn(URI resource, URI location) {
        assertThat(new ProtectedResourceMetadata(resource, List.of(), List.of()).location())
                .isEqualTo(location);
    }

    @Test
    void aResourceWithAFragmentIsRefused() {
        assertThatThrownBy(() -> new ProtectedResourceMetadata(URI.create("https://v#x"), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
