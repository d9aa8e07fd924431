namespace VirtualView.Cli.Configuration;

/// <summary>A key, the value that holds, and who said so: a file, an environment variable or <c>default</c>.</summary>
internal sealed record EffectiveValue(string Key, string Value, string Origin);
