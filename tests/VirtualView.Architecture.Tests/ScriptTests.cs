namespace VirtualView.Architecture.Tests;

public sealed class ScriptTests
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    [Fact]
    public void Every_script_can_be_run_and_stops_at_the_first_error()
    {
        var folder = Path.Combine(Repository.Root, "scripts");
        Assert.SkipUnless(Directory.Exists(folder), "there are no scripts yet");
        foreach (var script in Directory.EnumerateFiles(folder))
        {
            var (name, lines) = (Repository.Relative(script), File.ReadAllLines(script));
            Assert.True(
                OperatingSystem.IsWindows() || (File.GetUnixFileMode(script) & Executable) == Executable,
                $"{name} is not executable: chmod +x {name} && git update-index --chmod=+x {name}");
            Assert.True(lines.Length > 0 && lines[0].StartsWith("#!", StringComparison.Ordinal), $"{name} does not say what runs it: begin with #!/usr/bin/env bash");
            if (!lines[0].EndsWith("sh", StringComparison.Ordinal)) continue;
            Assert.True(
                StopsAtErrors(lines) || lines.SelectMany(SourcedFrom).Any(sourced => StopsAtErrors(File.ReadAllLines(sourced))),
                $"{name} goes on after an error: put 'set -euo pipefail' below the first comment, or source the file in scripts/lib that does.");
        }
    }

    private static bool StopsAtErrors(string[] lines) => lines.Any(line => line.Trim() == "set -euo pipefail");

    /// <summary>The files of scripts/lib that a line such as <c>. "$here/lib/common.sh"</c> reads in.</summary>
    private static IEnumerable<string> SourcedFrom(string line) =>
        line.StartsWith(". ", StringComparison.Ordinal) || line.StartsWith("source ", StringComparison.Ordinal)
            ? Repository.Files("scripts/lib", "*").Where(file => line.Contains($"/lib/{Path.GetFileName(file)}", StringComparison.Ordinal))
            : [];
}
