using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Cli.Mounting;

/// <summary>
/// Asks sources of which nothing is known for the listing of their root, so that an address that leads nowhere is told
/// instead of mounted. A view that knows its root already needs no source to answer.
/// </summary>
internal static class FirstContact
{
    /// <summary>A system call on a dead export does not end when it is told to.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <param name="sources">All that the view shows.</param>
    /// <returns>A line for each source that gave no listing although another did, or why there is nothing to mount.</returns>
    public static async ValueTask<Attempt<IReadOnlyList<string>>> AskAsync(
        IReadOnlyList<ISource> sources, TimeSpan patience, TimeProvider clock, CancellationToken cancel)
    {
        var answers = await Task.WhenAll(sources.Select(source => ProblemAsync(source, patience, clock, cancel)));
        string[] problems = [.. answers.OfType<string>()];
        if (problems.Length < sources.Count) return Attempt<IReadOnlyList<string>>.Of(problems);
        return new Failure(ExitCode.Failed, [.. problems.Select(problem => $"nothing to mount: {problem}")]);
    }

    private static async Task<string?> ProblemAsync(ISource source, TimeSpan patience, TimeProvider clock, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            var listing = await Task.Run(() => source.ListAsync(VirtualPath.Root, either.Token).AsTask(), either.Token)
                .WaitAsync(patience + Grace, clock, cancel);
            return listing.Error is { } error ? $"the source '{source.Name}' cannot be listed: {error.Message}; {Advice(error.Kind)}" : null;
        }
        catch (Exception silence) when (silence is TimeoutException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return $"the source '{source.Name}' did not answer within {patience.TotalSeconds:0.#} s: {Advice(SourceErrorKind.TimedOut)}";
        }
    }

    private static string Advice(SourceErrorKind kind) => kind switch
    {
        SourceErrorKind.Unreachable or SourceErrorKind.TimedOut or SourceErrorKind.Throttled => "check its address, or mount when it can be reached",
        SourceErrorKind.Denied => "check its credentials",
        SourceErrorKind.NotFound or SourceErrorKind.WrongKind => "check that its address is that of a folder",
        _ => "check its address, which must be that of a folder with a listing",
    };
}
