using System.Diagnostics;
using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Torture.Tests.Writing;

/// <summary>A process that writes in the view, outlives its daemons, and knows what must be there afterwards.</summary>
internal sealed class WriterProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private WriterProcess(Process process) => _process = process;

    public static WriterProcess Start(WritingWorld world, int number, int seed) => new(Command.Start(
        "/usr/bin/python3", Path.Combine(RepositoryFolder.Path, "tests", "python", "torture", "writer.py"),
        world.Folders.MountPoint, $"{number}", $"{seed}", world.Sources, world.LogOf(number)));

    /// <summary>Ends when the mount has died, with what was under way then.</summary>
    public Task<string> RunAsync() => TellAsync("run");

    /// <summary>Null when all is there that was acknowledged; else what is not, or that the mount is dead.</summary>
    public async Task<string?> CheckAsync() => await TellAsync("check") is var said && said == "right" ? null : said;

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private async Task<string> TellAsync(string what)
    {
        await _process.StandardInput.WriteLineAsync(what);
        await _process.StandardInput.FlushAsync();
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            return await _process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("the writer has ended");
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"the writer did not end its '{what}' within {Patience}");
        }
    }
}
