using System.Diagnostics;

namespace VirtualView.Cli.Mounting.Detaching;

/// <summary>Starts this executable again as a daemon of its own session, and waits until it serves or gives up.</summary>
internal static class BackgroundStarter
{
    /// <returns>What went wrong, or null when the daemon serves.</returns>
    public static async Task<Failure?> StartAsync(DaemonPlan plan, IEnumerable<string> arguments, Announcements announce, CancellationToken cancel)
    {
        // A daemon must not keep open, for as long as it lives, what a script has open when it mounts: a lock, a pipe.
        Posix.KeepDescriptors();
        using var child = Process.Start(Describe(plan, arguments))!;
        var problems = new List<string>();
        try
        {
            while (await child.StandardOutput.ReadLineAsync(cancel) is { } line)
            {
                if (line.StartsWith(BackgroundChild.FailureMark, StringComparison.Ordinal))
                {
                    problems.Add(line[BackgroundChild.FailureMark.Length..]);
                    continue;
                }

                if (line.StartsWith(BackgroundChild.WarningMark, StringComparison.Ordinal))
                {
                    announce.Warning(line[BackgroundChild.WarningMark.Length..]);
                    continue;
                }

                announce.Mounted(line);
                return null;
            }

            await child.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            child.Kill();
            throw;
        }

        if (problems.Count == 0) problems.Add($"the daemon ended before it served {plan.MountPoint}: see {plan.LogFile}");
        var code = Enum.IsDefined((ExitCode)child.ExitCode) && child.ExitCode != 0 ? (ExitCode)child.ExitCode : ExitCode.Failed;
        return new Failure(code, [.. problems]);
    }

    private static ProcessStartInfo Describe(DaemonPlan plan, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };

        // Run as 'dotnet virtualview.dll', the process is dotnet and needs to be told what to run.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment[BackgroundChild.Variable] = plan.LogFile;
        return start;
    }
}
