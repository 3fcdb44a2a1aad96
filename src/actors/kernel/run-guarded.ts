/** Runs code of the app's, a logger for instance. If it throws, whoever called goes on, and the error surfaces where any uncaught one does. */
export function runGuarded(call: () => void): void {
  try {
    call();
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}
