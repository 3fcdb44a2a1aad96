/** A worker entry that loads, and then says that it cannot do its work: as with `spawner: 'launcher'` where no launcher works. */
export const REFUSING_WORKER = new URL(import.meta.url);

export default async function birth(): Promise<never> {
  throw new Error('no spawner works here');
}
