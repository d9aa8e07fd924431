using VirtualView.Testing.Web;
using VirtualView.Tools;

namespace VirtualView.Torture.Tests.Fio;

/// <summary>Lets a source fail in every way that a network and a server can, each time for less than a reader waits.</summary>
internal sealed class FaultPlayer(TestLink link, NginxServer server, int seed)
{
    private readonly Random _random = new(seed);

    public int Faults { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await PlayOneAsync(stop);
                Faults++;
                // Long enough that it is noticed: a source that refuses for 5 s and does nothing else is down, by design.
                await PauseAsync(2_000, 3_000, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to end in the middle of a fault.
        }
        finally
        {
            Heal();
        }
    }

    private async Task PlayOneAsync(CancellationToken stop)
    {
        switch (_random.Next(8))
        {
            case 0:
                link.ResetAll();
                break;
            case 1:
                link.ResetAfter(_random.Next(1, 2_000_000));
                break;
            case 2:
                link.CutAfter(_random.Next(1, 2_000_000)); // a body shorter than was promised
                break;
            case 3:
                link.Stalled = true;
                await PauseAsync(100, 4_000, stop);
                link.Stalled = false;
                break;
            case 4:
                link.Refusing = true;
                link.ResetAll();
                await PauseAsync(100, 3_000, stop);
                link.Refusing = false;
                break;
            case 5:
                server.Refusing = true; // 503 to everything
                await PauseAsync(100, 3_000, stop);
                server.Refusing = false;
                break;
            case 6:
                link.Rtt = TimeSpan.FromMilliseconds(_random.Next(20, 400));
                await PauseAsync(100, 2_000, stop);
                link.Rtt = TimeSpan.Zero;
                break;
            default:
                link.Bandwidth = new LinkRate(40_000_000);
                await PauseAsync(100, 2_000, stop);
                link.Bandwidth = LinkRate.Unlimited;
                break;
        }
    }

    private void Heal()
    {
        (link.Stalled, link.Refusing, link.Rtt, link.Bandwidth) = (false, false, TimeSpan.Zero, LinkRate.Unlimited);
        server.Refusing = false;
    }

    private Task PauseAsync(int least, int most, CancellationToken stop) =>
        Task.Delay(TimeSpan.FromMilliseconds(_random.Next(least, most)), TimeProvider.System, stop);
}
