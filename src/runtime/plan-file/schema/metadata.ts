import { z } from 'zod/mini';
import { once } from '../../once.js';
import { mapping, optional, read, text } from './fields.js';

export const metadata = once(() =>
  read(
    mapping(
      {
        source: optional(text(), 'A note.'),
        conversation_id: optional(text(), 'A note.'),
        tags: optional(
          z.record(z.string(), text(), { error: 'a mapping of text' }),
          'Executions can be listed by them.',
        ),
      },
      'a mapping',
    ),
  ),
);
