package dev.chatelaine.mcp.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium, as a person with a keyboard uses it. */
public final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int MOST_TABS = 150;

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts one; where there is none, the test is skipped and says so. */
    public static Browser start() {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "skipped: there is no Chromium here; on Debian install chromium and chromium-driver");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(DRIVER.toString()))
                .build();
        return new Browser(new ChromeDriver(service, options()));
    }

    private static ChromeOptions options() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary(CHROMIUM.toString())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--hide-scrollbars");
        options.setCapability("goog:loggingPrefs", logs);
        return options;
    }

    public ChromeDriver driver() {
        return driver;
    }

    public void open(String address) {
        driver.get(address);
    }

    /** As wide as that in CSS pixels, in the light or in the dark. */
    public void shape(int width, int height, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    public <T> T await(ExpectedCondition<T> condition) {
        return new WebDriverWait(driver, PATIENCE, POLL)
                .withMessage(() -> "the page stays at: "
                        + driver.findElement(By.tagName("body")).getText())
                .ignoring(StaleElementReferenceException.class)
                .until(condition);
    }

    /** Waits until what is shown of the page, or of the uppermost dialog, contains that. */
    public void awaitText(String text) {
        await(any -> driver.findElement(By.tagName("body")).getText().contains(text));
    }

    /** Waits until the page that signs somebody in has given way to the console, which has a heading as that page has. */
    public void awaitSignedIn() {
        await(any -> !driver.getCurrentUrl().contains("/sign-in"));
        awaitSection();
    }

    /** Waits until the list of the section is there. */
    public void awaitSection() {
        await(any -> driver.findElements(By.cssSelector("main h1")).size() == 1);
        awaitSettled();
    }

    /** Waits until nothing is being read. */
    public void awaitSettled() {
        await(any -> driver.findElements(By.cssSelector("[aria-busy]")).isEmpty());
    }

    public void awaitDialogs(int number) {
        await(any -> driver.findElements(By.tagName("dialog")).size() == number);
    }

    /** Goes from control to control, forwards, until one of that accessible name has focus. */
    public void tabTo(String name) {
        for (int i = 0; i < MOST_TABS; i++) {
            press(Keys.TAB);
            if (focused().equals(name)) {
                return;
            }
        }
        throw new AssertionError("no control named " + name + " is reached by the keyboard");
    }

    /** Goes there and presses Enter. */
    public void activate(String name) {
        tabTo(name);
        press(Keys.ENTER);
    }

    /** The accessible name of what has focus. */
    public String focused() {
        String name = driver.switchTo().activeElement().getAccessibleName();
        return name == null ? "" : name.strip();
    }

    public void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Clicks the first button, link or summary that is seen and whose words, for screen readers too, are these. */
    public void click(String name) {
        await(any -> Controls.thatMaySay(name, driver).stream()
                        .filter(WebElement::isDisplayed)
                        .filter(one -> name.equals(one.getAccessibleName())
                                || name.equals(String.valueOf(one.getText()).strip()))
                        .findFirst()
                        .orElse(null))
                .click();
    }

    public Object script(String source, Object... arguments) {
        return driver.executeScript(source, arguments);
    }

    public List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> String.valueOf(entry.getMessage()))
                .toList();
    }

    /** Checks the page against every rule that axe has for WCAG 2.2 AA and good practice. */
    public void checkAccessibility(String what) {
        assertThat(Rules.brokenOn(driver)).as(what).isEmpty();
    }

    /** Checks that nothing has to be scrolled sideways. */
    public void checkWidth(String what) {
        Object overflow = script(
                "const wide = [document.documentElement, ...document.querySelectorAll('dialog')];"
                        + "return wide.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.tagName + one.scrollWidth)");
        assertThat((List<?>) overflow).as("wider than the screen: " + what).isEmpty();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
