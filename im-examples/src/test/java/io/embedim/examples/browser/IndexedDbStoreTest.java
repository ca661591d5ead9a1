package io.embedim.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.examples.demo.RunningDemo;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.chrome.ChromeDriver;

/** Where the web client keeps messages, in a real browser: Node has no IndexedDB. */
@Tag("browser")
class IndexedDbStoreTest {

    private static final String SCRIPT = """
            const done = arguments[arguments.length - 1];
            const told = [];
            const check = (what, value) => told.push(`${what}: ${JSON.stringify(value)}`);
            const entry = seq => ({ seq, mid: `m${seq}` });
            const batch = (seq, entries, more) => ({
              conversations: [{ record: { key: 'g:7', position: { epoch: 'e', seq, mid: `m${seq}` } }, cleared: false, entries, ...more }],
              items: [], itemsGone: [], directory: null,
            });
            const seqs = saved => saved.conversations.map(each => [each.position.seq, each.entries.map(one => one.seq)]);
            (async () => {
              const { indexedDbStore } = await import('/embedim/im-client.js');
              const one = indexedDbStore();
              check('new', await one.open('test'));
              await one.write(batch(2, [entry(2), entry(1)]));
              await one.write({ ...batch(10, [entry(10), entry(3)]), items: [{ id: 'x' }, { id: 'y' }], directory: { epoch: 'd', version: 1 } });
              await one.write({ conversations: [], items: [], itemsGone: ['x'], directory: null });
              await one.close();

              const two = indexedDbStore();
              const saved = await two.open('test');
              check('again', [seqs(saved), saved.items, saved.directory]);
              check('other', (await indexedDbStore().open('other')).conversations.length);
              await two.write(batch(1, [entry(1)], { cleared: true }));
              await two.write(batch(250, Array.from({ length: 249 }, (none, index) => entry(index + 2))));

              const three = indexedDbStore();
              const [[position, kept]] = seqs(await three.open('test'));
              check('kept', [position, kept.length, kept[0]]);
              check('taken over', await two.write(batch(251, [entry(251)])).then(() => 'written', error => error.name));
              check('bad', await three.write(batch(252, [entry(252), { seq: 253, bad: () => {} }])).then(() => 'written', error => error.name));
              check('all or nothing', seqs(await indexedDbStore().open('test'))[0][0]);

              const four = indexedDbStore();
              await four.open('test');
              await four.forget();
              check('forgotten', await four.open('test'));
              done(told.join('\\n'));
            })().catch(error => done(`failed: ${error.stack}`));
            """;

    @Test
    void keepsWhatIsWrittenAllOrNothingAndForOneTab() {
        ChromeDriver driver = Browser.open();
        try (RunningDemo demo = RunningDemo.start()) {
            driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
            driver.get(demo.url() + "v2/");

            assertThat(driver.executeAsyncScript(SCRIPT)).isEqualTo("""
                    new: {"conversations":[],"items":[],"directory":null}
                    again: [[[10,[1,2,3,10]]],[{"id":"y"}],{"epoch":"d","version":1}]
                    other: 0
                    kept: [250,200,51]
                    taken over: "TakenOver"
                    bad: "DataCloneError"
                    all or nothing: 250
                    forgotten: {"conversations":[],"items":[],"directory":null}""");
        } finally {
            driver.quit();
        }
    }
}
