using Microsoft.Extensions.Time.Testing;
using VirtualView.Cli.Mounting;
using VirtualView.Cli.Tests.Support;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Cli.Tests.Mounting;

public sealed class FirstRootTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly AnsweringSource _source;
    private readonly FirstRoot _root;
    private int _asked;
    private SourceError? _error;

    public FirstRootTests()
    {
        _source = new AnsweringSource("a", _ =>
        {
            _asked++;
            return ValueTask.FromResult<SourceOutcome<IReadOnlyList<SourceEntry>>>(_error is { } error ? error : Array.Empty<SourceEntry>());
        });
        _root = new FirstRoot(_source, _clock);
    }

    [Fact]
    public async Task The_first_listing_answers_the_next_question_and_no_other()
    {
        await AskAsync("/");
        await AskAsync("/");
        Assert.Equal(1, _asked);
        await AskAsync("/");
        await AskAsync("/");
        Assert.Equal(3, _asked);
    }

    [Fact]
    public async Task It_does_not_when_it_is_old()
    {
        await AskAsync("/");
        _clock.Advance(TimeSpan.FromSeconds(5));
        await AskAsync("/");
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_failure_is_asked_for_again_and_so_is_every_other_directory()
    {
        _error = new SourceError(SourceErrorKind.Unreachable, "refused");
        await AskAsync("/");
        await AskAsync("/");
        await AskAsync("/a");
        await AskAsync("/a");
        Assert.Equal(4, _asked);
    }

    public async ValueTask DisposeAsync()
    {
        await _root.DisposeAsync();
        await _source.DisposeAsync();
    }

    private ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> AskAsync(string path) => _root.ListAsync(VirtualPath.Parse(path), TestContext.Current.CancellationToken);
}
