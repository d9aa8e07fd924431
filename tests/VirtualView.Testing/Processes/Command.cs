using System.Diagnostics;

namespace VirtualView.Testing.Processes;

/// <summary>Runs programs to their end, bounded in time: a mount that hangs must fail a test, not stop it.</summary>
public static class Command
{
    /// <summary>More than our own commands have: what they say of a daemon that does not answer is to be seen.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static Task<CommandResult> RunAsync(string program, params string[] arguments) => RunAsync(null, program, arguments);

    /// <param name="environment">Variables in place of those of this process.</param>
    public static async Task<CommandResult> RunAsync(IReadOnlyDictionary<string, string>? environment, string program, params string[] arguments)
    {
        using var process = Start(environment, program, arguments);
        return await EndAsync(process).ConfigureAwait(false);
    }

    /// <summary>For a program that may take longer than <see cref="Patience"/>, such as a build.</summary>
    public static async Task<CommandResult> RunAsync(TimeSpan patience, string program, params string[] arguments)
    {
        using var process = Start(null, program, arguments);
        return await EndAsync(process, patience).ConfigureAwait(false);
    }

    /// <summary>Starts a program that is to be ended by <see cref="EndAsync"/>.</summary>
    public static Process Start(string program, params string[] arguments) => Start(null, program, arguments);

    /// <summary>Ends the program's input, and waits for its end.</summary>
    public static Task<CommandResult> EndAsync(Process process) => EndAsync(process, Patience);

    private static async Task<CommandResult> EndAsync(Process process, TimeSpan patience)
    {
        process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(patience, TimeProvider.System);
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var error = process.StandardError.ReadToEndAsync(timeout.Token);
        try
        {
            await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            return new CommandResult(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            var ended = process.HasExited ? " (it did, but its output is held open)" : WaitingThreads.Describe(process.Id);
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} did not end within {patience}{ended}");
        }
    }

    private static Process Start(IReadOnlyDictionary<string, string>? environment, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
    }
}
