package dev.chatelaine.mcp.console;

import dev.chatelaine.vault.access.Role;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** Every page and every dialog, in the light and in the dark, wide and as narrow as a screen at 400%. */
class ConsoleAccessibilityIT extends ConsoleCase {
    /** 1280 pixels at 400%. */
    private static final int NARROW = 320;

    private static final String LONG_WORD =
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

    private static final List<String> PAGES =
            List.of("providers", "secrets", "configurations", "bundles", "sessions", "gateway-keys", "usage", "audit");

    private static final List<Dialog> DIALOGS = List.of(
            new Dialog("providers", "Configure Google Gemini"),
            new Dialog("providers", "Replace OpenAI"),
            new Dialog("providers", "Remove OpenAI"),
            new Dialog("secrets", "Add secret"),
            new Dialog("secrets", "Replace billing-db"),
            new Dialog("secrets", "Edit billing-db"),
            new Dialog("secrets", "History billing-db"),
            new Dialog("secrets", "Delete billing-db"),
            new Dialog("secrets", "Switch tenant"),
            new Dialog("configurations", "New configuration"),
            new Dialog("configurations", "Edit main"),
            new Dialog("configurations", "Replace key main"),
            new Dialog("configurations", "Remove key main"),
            new Dialog("configurations", "Delete main"),
            new Dialog("bundles", "Add bundle"),
            new Dialog("bundles", "Replace billing-agent"),
            new Dialog("bundles", "Delete billing-agent"),
            new Dialog("sessions", "Start a session"),
            new Dialog("gateway-keys", "Make a key"),
            new Dialog("gateway-keys", "Change nightly-report"),
            new Dialog("gateway-keys", "Rotate nightly-report"),
            new Dialog("gateway-keys", "Delete nightly-report"));

    private record Dialog(String page, String opener) {}

    @ParameterizedTest
    @CsvSource({"1280, false", "1280, true", "320, false", "320, true"})
    void noPageBreaksARule(int width, boolean dark) {
        browser.shape(width, 900, dark);
        console.signIn(browser, Role.OWNER);
        for (String page : PAGES) {
            check(page, page + " without anything");
        }
        Furnishings.put(console);
        console.store("evil", "example-value-0005", LONG_WORD);
        for (String page : PAGES) {
            check(page, page);
        }
        for (String page : List.of("sign-in", "signed-out", "callback")) {
            check(page, page);
        }
        console.signIn(browser, Role.VIEWER);
        for (String page : PAGES) {
            check(page, page + " for a viewer");
        }
    }

    private void check(String page, String what) {
        show(page);
        browser.checkAccessibility(what);
        browser.checkWidth(what);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noDialogBreaksARule(boolean dark) {
        Furnishings.put(console);
        console.signIn(browser, Role.OWNER);
        for (Dialog dialog : DIALOGS) {
            browser.shape(dark ? NARROW : WIDE, 900, dark);
            show(dialog.page());
            browser.click(dialog.opener());
            browser.awaitDialogs(1);
            browser.awaitSettled();
            browser.checkAccessibility(dialog.opener());
            browser.shape(NARROW, 640, dark);
            browser.checkWidth(dialog.opener());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void neitherDoesAFormWithMistakesNorAFieldOfManyLines(boolean dark) {
        browser.shape(WIDE, 900, dark);
        open("secrets", Role.OWNER);
        browser.click("Add secret");
        browser.awaitDialogs(1);
        browser.script("document.querySelector('dialog [type=submit]').click()");
        browser.awaitText("Fill this in.");
        browser.checkAccessibility("a form with mistakes");
        browser.script("document.querySelector('dialog [role=switch]').click()");
        browser.checkAccessibility("a field of many lines");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void neitherDoAKeyThatIsShownNorTheFiguresOfCharts(boolean dark) {
        GatewayInUse.put(console);
        browser.shape(dark ? NARROW : WIDE, 900, dark);
        open("gateway-keys", Role.OWNER);
        browser.click("Rotate nightly-report");
        browser.awaitDialogs(1);
        browser.script("document.querySelector('dialog [type=submit]').click()");
        browser.awaitText("The key is shown this once.");
        browser.checkAccessibility("a key");
        browser.checkWidth("a key");

        show("usage");
        browser.script("document.querySelectorAll('main details').forEach(one => { one.open = true; })");
        browser.checkAccessibility("figures");
        browser.checkWidth("figures");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void neitherDoWhatIsAskedBeforeAReplacementNorATokenThatIsShown(boolean dark) {
        Furnishings.put(console);
        browser.shape(dark ? NARROW : WIDE, 900, dark);
        open("bundles", Role.OWNER);
        browser.click("Replace search");
        browser.awaitDialogs(1);
        browser.press(Keys.TAB, "example-value-not-real");
        browser.script("document.querySelector('dialog [type=submit]').click()");
        browser.awaitDialogs(2);
        browser.checkAccessibility("the question before a replacement");
        browser.checkWidth("the question before a replacement");

        for (String opener : List.of("Stop claude-code", "Resume nightly-report")) {
            show("sessions");
            browser.script(
                    "[...document.querySelectorAll('main button')]"
                            + ".find(one => one.textContent.startsWith(arguments[0])).click()",
                    opener);
            browser.awaitDialogs(1);
            browser.checkAccessibility(opener);
            browser.checkWidth(opener);
        }
        show("sessions");
        browser.click("Start a session");
        browser.awaitDialogs(1);
        browser.press("claude-code");
        browser.script("document.querySelector('dialog [type=submit]').click()");
        browser.awaitText("The runtime token is shown this once.");
        browser.checkAccessibility("a token");
        browser.checkWidth("a token");
    }
}
