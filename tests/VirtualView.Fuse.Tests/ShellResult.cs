namespace VirtualView.Fuse.Tests;

internal sealed record ShellResult(int ExitCode, string Output, string Errors);
