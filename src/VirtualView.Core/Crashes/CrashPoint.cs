using System.Diagnostics;
using System.Globalization;

namespace VirtualView.Core.Crashes;

/// <summary>
/// Places where a death of the process would hurt most. Tests name one in the environment, and the process kills itself
/// there, as hard as <c>kill -9</c>: docs/torture.md. Otherwise a call costs the look at one constant.
/// </summary>
public static class CrashPoint
{
    /// <summary>The variable: <c>NAME</c>, or <c>NAME:COUNT</c> to die when the point is reached for the COUNT-th time.</summary>
    public const string Variable = "VIRTUALVIEW_CRASH_AT";

    private static readonly string Name = Environment.GetEnvironmentVariable(Variable)?.Split(':')[0] ?? "";
    private static readonly bool IsArmed = Name.Length > 0;
    private static int _left = CountIn(Environment.GetEnvironmentVariable(Variable));

    /// <param name="name">One of <see cref="CrashPoints"/>.</param>
    public static void Reached(string name)
    {
        if (IsArmed && name == Name && Interlocked.Decrement(ref _left) == 0) Die();
    }

    private static int CountIn(string? value) =>
        value?.Split(':') is [_, var count] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? times : 1;

    private static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill(); // SIGKILL: nothing is flushed, closed or unmounted
    }
}
