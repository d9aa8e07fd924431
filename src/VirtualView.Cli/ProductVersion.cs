using System.Reflection;

namespace VirtualView.Cli;

/// <summary>The version of this build.</summary>
internal static class ProductVersion
{
    private static readonly string[] Parts =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+');

    public static string Text => Parts[0];

    /// <summary>The commit that was built; null where the build did not know it.</summary>
    public static string? Commit => Parts.Length > 1 ? Parts[1] : null;
}
