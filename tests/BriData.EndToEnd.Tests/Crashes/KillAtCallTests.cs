using System.Globalization;
using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Crashes;

/// <summary>
/// kill -9 at storage calls of a script of real work: a process of its own ends itself before or after a call, the next one
/// goes on. A sample of what <see cref="EveryCallTests"/> does at every call.
/// </summary>
public sealed class KillAtCallTests
{
    /// <summary>Calls of its own that each process in turn lives to see.</summary>
    private static readonly int[] Lives = [1, 9, 25, 4, 16, 33];

    [Fact]
    public async Task Kill_AtACall_LosesNothingAcknowledgedAndRepeatsNothing()
    {
        await using var gateway = GatewayProcess.Mortal(CrashScript.Settings("{address}"));
        var answers = new List<Answer>();
        var killed = 0;
        for (; answers.Count < CrashScript.Steps.Count; killed++)
        {
            Assert.True(killed < 100, $"Still at '{CrashScript.Steps[answers.Count].Name}'.");
            var side = killed % 2 == 0 ? "After" : "Before";
            if (await gateway.StartUnlessItDiesAsync(string.Create(CultureInfo.InvariantCulture, $"--Crash:At={Lives[killed % Lives.Length]}"), $"--Crash:Side={side}"))
            {
                await GoOnAsync(gateway, answers);
            }

            if (!gateway.HasDied)
            {
                Assert.Equal(CrashScript.Steps.Count, answers.Count);
                await gateway.StopAsync();
            }

            await Ledgers.ReadOfflineAsync(gateway.DataDirectory, Ledgers.VerifyAllAsync);
        }

        Assert.True(killed > 4, $"Only {killed} processes were needed.");
        Assert.True(await gateway.StartUnlessItDiesAsync("--Crash:At=0", "--Crash:Side=None"));
        using (var office = new Office(gateway.Address))
        {
            await CrashScript.EveryAnswerIsGivenAgainAsync(office, answers);
        }

        Assert.Equal(0, await gateway.StopAsync());
        await Ledgers.ReadOfflineAsync(gateway.DataDirectory, CrashScript.NothingHappenedTwiceAsync);
    }

    private static async Task GoOnAsync(GatewayProcess gateway, List<Answer> answers)
    {
        using var office = new Office(gateway.Address);
        try
        {
            while (answers.Count < CrashScript.Steps.Count)
            {
                var step = CrashScript.Steps[answers.Count];
                answers.Add((await CrashScript.TakeAsync(step, office)).Is(step.Status));
            }
        }
        catch (HttpRequestException)
        {
            // Killed. The next process is asked again.
            await Eventually.TrueAsync("the gateway to be gone", () => gateway.HasDied, TimeSpan.FromSeconds(30));
        }
    }
}
