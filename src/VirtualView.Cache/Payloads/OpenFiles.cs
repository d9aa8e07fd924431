namespace VirtualView.Cache.Payloads;

/// <summary>Bounds how many payload files are open: a second chance for those in use, then the file is closed. Leases need none.</summary>
internal sealed class OpenFiles(int limit)
{
    private readonly Lock _gate = new();
    private readonly Payload?[] _slots = new Payload?[limit]; // guarded by _gate
    private int _hand; // guarded by _gate

    public void Admit(Payload payload)
    {
        Payload? closed;
        lock (_gate)
        {
            while (_slots[_hand] is { File: not null, IsFileUsed: true } used && used != payload)
            {
                used.IsFileUsed = false;
                _hand = (_hand + 1) % limit;
            }

            closed = _slots[_hand];
            _slots[_hand] = payload;
            _hand = (_hand + 1) % limit;
        }

        if (closed != payload) closed?.CloseFile();
    }
}
