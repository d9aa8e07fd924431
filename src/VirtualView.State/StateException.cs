namespace VirtualView.State;

/// <summary>The state cannot be kept. The message says what happened, where, and what to do.</summary>
public sealed class StateException(string message, Exception? cause = null) : Exception(message, cause);
