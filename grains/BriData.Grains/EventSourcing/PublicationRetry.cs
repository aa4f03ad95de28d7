namespace BriData.Grains.EventSourcing;

/// <summary>Repeats an unfinished publication on a grain timer until it is done. Meanwhile the activation is not collected for being idle.</summary>
internal sealed class PublicationRetry
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private IGrainTimer? _timer;

    /// <summary>Starts repeating, unless <paramref name="running"/> already does.</summary>
    /// <param name="grain">The publishing grain.</param>
    /// <param name="running">The retry started earlier, or null.</param>
    /// <param name="publish">Returns true when nothing is left to publish.</param>
    public static PublicationRetry Start(IGrainBase grain, PublicationRetry? running, Func<Task<bool>> publish)
    {
        var retry = running ?? new PublicationRetry();
        retry._timer ??= grain.RegisterGrainTimer(
            async () =>
            {
                if (await publish())
                {
                    retry._timer?.Dispose();
                    retry._timer = null;
                }
            },
            new GrainTimerCreationOptions(TimeSpan.Zero, Period) { KeepAlive = true });
        return retry;
    }
}
