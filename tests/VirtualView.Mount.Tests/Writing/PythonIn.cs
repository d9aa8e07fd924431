using System.Text.Json;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.Writing;

/// <summary>Runs a few lines of Python in a mount: system calls as programs make them, with the error numbers that they see.</summary>
internal static class PythonIn
{
    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(MountedView view, string program) =>
        (await Command.RunAsync("/usr/bin/python3", "-c", $"import errno, os\nos.chdir({JsonSerializer.Serialize(view.MountPoint)})\n{program}")).Succeeded();
}
