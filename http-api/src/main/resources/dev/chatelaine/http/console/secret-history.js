/** A secret's versions, and the way back to one. */
import { openDialog } from './dialog.js';
import { bdi, button, fill, h } from './dom.js';
import { secrets } from './secrets-api.js';
import { loading, problemNote } from './states.js';
import { table } from './table.js';
import { badge, hint, minute } from './words.js';

/** Shows the versions. Answers the secret if it was given a former value. */
export function showHistory(one, may) {
  return new Promise((resolve) => {
    let result;
    const news = h('div', {});
    const list = h('div', {});
    const dialog = openDialog('History', h('div', { class: 'dialog-body' },
      h('p', {}, h('strong', { class: 'code' }, bdi(one.name)), ' – the newest ten values are kept.'), news, list),
    { wide: true, onClose: () => resolve(result) });
    const back = async (version, revision) => {
      try {
        result = await secrets.rollback(one.name, version, revision);
        dialog.close();
      } catch (problem) {
        fill(news, problem.status === 412 ? changed() : problemNote(problem));
        await load();
      }
    };
    const ask = (version, revision) => {
      fill(news, question(version, () => back(version, revision), () => {
        fill(news);
        dialog.querySelector(`[data-key="back-${version}"]`)?.focus();
      }));
      news.querySelector('button').focus();
    };
    const load = () => loading(list, () => secrets.versions(one.name), ({ versions }) => drawn(versions, may, ask));
    load();
  });
}

function drawn(versions, may, ask) {
  const present = versions.find((version) => version.current);
  const columns = ['Version', 'Value', 'Stored', 'By', ...(may ? ['-Actions'] : [])];
  return table('Versions, the newest first', columns, versions.map((version) => [
    [String(version.number), version.current && ' ', version.current && badge('Current', 'good')],
    hint(version.hint),
    minute(version.created_at),
    bdi(version.created_by),
    ...(may ? [version.current ? '' : h('div', { class: 'buttons' }, button('Use again', () => ask(version.number, `"${present.number}"`),
      { kind: 'plain small', about: `version ${version.number}`, key: `back-${version.number}` }))] : []),
  ]));
}

function question(version, yes, no) {
  return h('div', { class: 'note warn' },
    h('p', {}, h('strong', {}, `Use the value of version ${version} again? `), 'It becomes a new version; the present one stays in the history.'),
    h('p', { class: 'actions' }, button('Cancel', no, { kind: 'plain small' }), button(`Use version ${version}`, yes, { kind: 'primary small' })));
}

function changed() {
  return h('div', { class: 'note warn', role: 'alert' },
    h('p', {}, h('strong', {}, 'The secret was changed by someone else meanwhile. '), 'Nothing was done. These are its versions now.'));
}
