namespace VirtualView.Engine;

/// <summary>
/// Waits for what others complete too. <c>Task.WaitAsync</c> alone goes over the thread pool when the task runs its
/// continuations asynchronously; here each waiter goes on in its own context, where it has one.
/// </summary>
internal static class Waiting
{
    public static Task<T> WithinAsync<T>(this Task<T> shared, CancellationToken cancel) => InContextAsync(shared).WaitAsync(cancel);

    /// <exception cref="TimeoutException">The time has passed.</exception>
    public static Task<T> WithinAsync<T>(this Task<T> shared, TimeSpan time, TimeProvider clock, CancellationToken cancel) =>
        InContextAsync(shared).WaitAsync(time, clock, cancel);

    private static async Task<T> InContextAsync<T>(Task<T> shared) => await shared;
}
