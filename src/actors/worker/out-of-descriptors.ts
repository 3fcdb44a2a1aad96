/** Whether something failed for want of a descriptor, of this process or of the system: as others are closed, it may be tried again. */
export function isOutOfDescriptors(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EMFILE' || code === 'ENFILE';
}
