namespace VirtualView.Engine.Past;

/// <summary>A difference between two snapshots.</summary>
/// <param name="Kind"><c>added</c>, <c>removed</c>, <c>changed</c>, or <c>unknown</c>: one of them does not say.</param>
public sealed record PathChange(string Kind, string Path);
