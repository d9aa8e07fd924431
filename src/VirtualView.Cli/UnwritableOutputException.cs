namespace VirtualView.Cli;

/// <summary>Standard output is closed or full: no command can do anything about it.</summary>
internal sealed class UnwritableOutputException(Exception cause) : Exception(cause.GetBaseException().Message, cause);
