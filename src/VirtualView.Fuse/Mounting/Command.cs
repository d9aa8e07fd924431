using System.Diagnostics;

namespace VirtualView.Fuse.Mounting;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    public static async Task<CommandResult> RunAsync(
        string program, string[] arguments, (string Name, string Value)? variable, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false };
        if (variable is var (name, value)) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(cancel).ConfigureAwait(false);
        await process.WaitForExitAsync(cancel).ConfigureAwait(false);
        return new CommandResult(process.ExitCode, errors.Trim().ReplaceLineEndings("; "));
    }
}
