using BriData.Gateway.Http;
using Microsoft.AspNetCore.Http;

namespace BriData.Gateway.Tests.Http;

public sealed class SingleRangeTests
{
    [Theory]
    [InlineData("bytes=0-9", 0, 9)]
    [InlineData("bytes=5-", 5, 99)]
    [InlineData("bytes=-10", 90, 99)]
    [InlineData("bytes=-1000", 0, 99)]
    [InlineData("bytes=99-99", 99, 99)]
    [InlineData("bytes=50-1000", 50, 99)]
    [InlineData("BYTES=0-9", 0, 9)]
    public void Of_RangeWithinTheSize_GivesItsEnds(string header, long first, long last)
    {
        var range = Of(header, 100);
        Assert.Equal(new SingleRange(first, last, true), range);
        Assert.Equal((first, last), (range!.ToContract().First, range.ToContract().Last));
    }

    [Theory]
    [InlineData("bytes=100-", 100)]
    [InlineData("bytes=200-300", 100)]
    [InlineData("bytes=-0", 100)]
    [InlineData("bytes=0-0", 0)]
    [InlineData("bytes=0-", 0)]
    public void Of_RangeBeyondTheSize_IsNotSatisfiable(string header, long size) => Assert.False(Of(header, size)!.IsSatisfiable);

    [Theory]
    [InlineData(null)]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("lines=1-2")]
    [InlineData("bytes=nonsense")]
    [InlineData("bytes=9-5")]
    public void Of_NoneOrWhatIsNotServed_IsNull(string? header) => Assert.Null(Of(header, 100));

    private static SingleRange? Of(string? header, long size)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Range = header;
        return SingleRange.Of(context.Request, size);
    }
}
