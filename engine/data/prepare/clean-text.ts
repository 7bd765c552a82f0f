import { outputPort, type PrepareOp, textInput } from './op';

/** Text in one form: composed, then small letters, no accents and single blanks where asked for. */
export const cleanText: PrepareOp = {
  apply(node, inputs) {
    const { lowercase, strip, accents } = node.attributes;
    const values = textInput(node, inputs).map((text) => {
      let clean = text.normalize('NFC');
      if (lowercase === true) clean = clean.toLowerCase();
      if (accents === false)
        clean = clean
          .normalize('NFD')
          .replace(/\p{Mn}/gu, '')
          .normalize('NFC');
      return strip === true ? clean.replace(/\s+/gu, ' ').trim() : clean;
    });
    return { [outputPort(node)]: { kind: 'text', values } };
  },
};
