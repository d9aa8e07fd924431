namespace VirtualView.Fuse.Mounting;

/// <summary>How a program ended, and what it wrote to standard error.</summary>
internal readonly record struct CommandResult(int ExitCode, string Errors);
