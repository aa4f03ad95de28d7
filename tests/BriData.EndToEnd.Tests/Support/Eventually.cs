namespace BriData.EndToEnd.Tests.Support;

/// <summary>Waits on a condition; when its time is over the failure names what was waited for.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(25);

    public static async Task TrueAsync(string what, Func<Task<bool>> condition, TimeSpan deadline, Func<string>? account = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > deadline)
            {
                throw new TimeoutException($"Waited {deadline.TotalSeconds:0} s for: {what}. {account?.Invoke()}");
            }

            await Task.Delay(Step);
        }
    }

    public static Task TrueAsync(string what, Func<bool> condition, TimeSpan deadline, Func<string>? account = null) =>
        TrueAsync(what, () => Task.FromResult(condition()), deadline, account);
}
