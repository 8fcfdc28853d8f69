using System.Runtime.CompilerServices;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

/// <summary>The fixture of the kernel tests must itself be able to fail.</summary>
public sealed class GuardedTests
{
    [Fact]
    public void A_buffer_that_was_written_only_inside_is_intact()
    {
        var buffer = new Guarded<float>(3);
        buffer.Span.Fill(1f);
        buffer.AssertIntact();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_write_next_to_the_buffer_is_found(int index)
    {
        var buffer = new Guarded<float>(3);
        Unsafe.Add(ref buffer.Span[0], index) = 0f;
        Should.Throw<ShouldAssertException>(() => buffer.AssertIntact());
    }

    [Fact]
    public void A_read_next_to_the_buffer_is_not_a_number()
    {
        var buffer = new Guarded<float>(3);
        float.IsNaN(Unsafe.Add(ref buffer.Span[0], 3)).ShouldBeTrue();
    }
}
