using System.Diagnostics;

namespace VirtualView.Cli.Tests.Support;

/// <summary>Runs the built executable as users do.</summary>
internal static class Executable
{
    public static string Program { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "virtualview");

    /// <summary>In an environment of its own, so that no daemon or configuration of this machine is met.</summary>
    public static Task<ExecutableResult> RunAsync(TempFolder folder, params string[] arguments) => RunProgramAsync(folder, Program, arguments);

    /// <summary>Another program in the same environment.</summary>
    public static async Task<ExecutableResult> RunProgramAsync(TempFolder folder, string program, params string[] arguments)
    {
        var cancel = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("VIRTUALVIEW_CONFIG");
        foreach (var variable in new[] { "XDG_RUNTIME_DIR", "XDG_STATE_HOME", "XDG_CACHE_HOME" })
            start.Environment[variable] = System.IO.Path.Combine(folder.Path, variable);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel);
        return new ExecutableResult((ExitCode)process.ExitCode, await output, await error);
    }
}
