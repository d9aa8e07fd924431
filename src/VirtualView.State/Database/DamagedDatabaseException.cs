namespace VirtualView.State.Database;

/// <summary>The database opens, but what it holds is not what was written. Never leaves this room.</summary>
/// <param name="why">Goes into the name of the file that is set aside.</param>
internal sealed class DamagedDatabaseException(string message, string why = "damaged") : Exception(message)
{
    public string Why { get; } = why;
}
