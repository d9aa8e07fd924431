using System.Reflection;

namespace VirtualView.Cli;

/// <summary>The version of this build, without the commit that a packager may have added.</summary>
internal static class ProductVersion
{
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
