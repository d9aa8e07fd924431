namespace VirtualView.Cli.Doctor;

/// <summary>Looks at one part of the set-up. It needs no daemon, changes nothing that stays, and ends in time.</summary>
internal interface IDoctorCheck
{
    ValueTask<IReadOnlyList<Finding>> RunAsync(CancellationToken cancel);
}
