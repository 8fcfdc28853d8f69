using System;

namespace ModelBuild.Kernels;

/// <summary>Decodes a tile: its packets, the coefficients in them, the wavelets and the mixture of colours (T.800, annexes B, D, F and G).</summary>
internal sealed class J2kTile
{
    private readonly J2kTileData _data;
    private readonly J2kPlane[] _planes;
    private readonly J2kArea _area;

    // For each component its resolutions.
    private readonly J2kResolution[][] _resolutions;

    public J2kTile(J2kTileData data, J2kPlane[] planes, J2kArea area)
    {
        (_data, _planes, _area) = (data, planes, area);
        _resolutions = new J2kResolution[planes.Length][];
        long packets = 0;
        for (int component = 0; component < planes.Length; component++)
        {
            J2kCoding coding = data.Coding(component);
            _resolutions[component] = new J2kResolution[coding.Splits + 1];
            for (int i = 0; i <= coding.Splits; i++)
            {
                _resolutions[component][i] = new J2kResolution(ComponentArea(component), coding, i, planes[component].Bits);
                packets += _resolutions[component][i].Count * data.Layers;
            }
        }

        // A packet has a byte at least.
        if (data.Layers == 0 || packets > data.Packets.Length)
        {
            throw new FormatException($"A JPEG 2000 tile with {packets} packets cannot have {data.Packets.Length} bytes.");
        }

        for (int component = 0; component < planes.Length; component++)
        {
            for (int i = 0; i < _resolutions[component].Length; i++)
            {
                _resolutions[component][i].Allocate(data.Coding(component), i);
            }
        }
    }

    /// <summary>Decodes the tile into the planes.</summary>
    public void Decode()
    {
        ReadPackets();
        bool isMixed = _data.IsMixed && _planes.Length >= 3;
        int[][] integers = new int[_planes.Length][];
        float[][] floats = new float[_planes.Length][];
        for (int component = 0; component < _planes.Length; component++)
        {
            J2kCoding coding = _data.Coding(component);
            J2kArea area = ComponentArea(component);
            int size = area.IsEmpty ? 0 : area.Width * area.Height;
            integers[component] = coding.IsReversible ? new int[size] : [];
            floats[component] = coding.IsReversible ? [] : new float[size];
            J2kBlockDecoder decoder = new(coding.Style);
            for (int i = 0; i < _resolutions[component].Length && size > 0; i++)
            {
                DecodeBlocks(decoder, component, i, integers[component], floats[component]);
                if (i > 0 && coding.IsReversible)
                {
                    J2kWavelet.Join(integers[component], area.Width, _resolutions[component][i - 1].Area, _resolutions[component][i].Area);
                }
                else if (i > 0)
                {
                    J2kWavelet.Join(floats[component], area.Width, _resolutions[component][i - 1].Area, _resolutions[component][i].Area);
                }
            }
        }

        if (isMixed)
        {
            J2kColours.Unmix(integers, floats);
        }

        for (int component = 0; component < _planes.Length; component++)
        {
            J2kArea area = ComponentArea(component);
            for (int y = area.Y0; y < area.Y1; y++)
            {
                for (int x = area.X0; x < area.X1; x++)
                {
                    int at = ((y - area.Y0) * area.Width) + x - area.X0;
                    int value = floats[component].Length == 0 ? integers[component][at] : (int)Math.Clamp(MathF.Round(floats[component][at]), -65536f, 65536f);
                    _planes[component].Set(x, y, value);
                }
            }
        }
    }

    private J2kArea ComponentArea(int component) => _area.Reduce(_planes[component].StepX, _planes[component].StepY);

    private void ReadPackets()
    {
        J2kBits bits = new(_data.Packets);
        J2kPacketPlace[] places = Places();
        Array.Sort(places);
        bool isLayerInner = _data.Order >= 2;
        if (isLayerInner)
        {
            for (int i = 0; i < places.Length; i++)
            {
                for (int layer = 0; layer < _data.Layers; layer++)
                {
                    Read(ref bits, in places[i], layer);
                }
            }

            return;
        }

        // Layers are outside of the rest, or between resolutions and components.
        for (int start = 0, end; start < places.Length; start = end)
        {
            end = start + 1;
            while (end < places.Length && (_data.Order == 0 || places[end].Resolution == places[start].Resolution))
            {
                end++;
            }

            for (int layer = 0; layer < _data.Layers; layer++)
            {
                for (int i = start; i < end; i++)
                {
                    Read(ref bits, in places[i], layer);
                }
            }
        }
    }

    private void Read(ref J2kBits bits, in J2kPacketPlace place, int layer) => _resolutions[place.Component][place.Resolution].Precincts[place.Precinct].ReadPacket(ref bits, layer);

    // All precincts, with what their order depends on.
    private J2kPacketPlace[] Places()
    {
        int count = 0;
        for (int component = 0; component < _planes.Length; component++)
        {
            for (int i = 0; i < _resolutions[component].Length; i++)
            {
                count += _resolutions[component][i].Precincts.Length;
            }
        }

        J2kPacketPlace[] places = new J2kPacketPlace[count];
        int next = 0;
        for (int component = 0; component < _planes.Length; component++)
        {
            for (int i = 0; i < _resolutions[component].Length; i++)
            {
                for (int precinct = 0; precinct < _resolutions[component][i].Precincts.Length; precinct++)
                {
                    (long x, long y) = Position(component, i, precinct);
                    places[next++] = new J2kPacketPlace(_data.Order, component, i, precinct, x, y);
                }
            }
        }

        return places;
    }

    // Where a precinct begins on the grid of the image. The first ones may begin outside of the tile and count as at its edge.
    private (long X, long Y) Position(int component, int index, int precinct)
    {
        J2kCoding coding = _data.Coding(component);
        J2kResolution resolution = _resolutions[component][index];
        int halvings = coding.Splits - index;
        long x = (long)(resolution.FirstX + (precinct % resolution.Columns)) << coding.PrecinctWidth(index);
        long y = (long)(resolution.FirstY + (precinct / resolution.Columns)) << coding.PrecinctHeight(index);
        return (
            x < resolution.Area.X0 ? _area.X0 : (x << halvings) * _planes[component].StepX,
            y < resolution.Area.Y0 ? _area.Y0 : (y << halvings) * _planes[component].StepY);
    }

    // Bands lie beside the next smaller resolution: high frequencies to the right and below.
    private void DecodeBlocks(J2kBlockDecoder decoder, int component, int index, int[] integers, float[] floats)
    {
        J2kResolution resolution = _resolutions[component][index];
        J2kArea smaller = index == 0 ? default : _resolutions[component][index - 1].Area;
        int stride = ComponentArea(component).Width;
        for (int place = 0; place < resolution.Precincts.Length; place++)
        {
            for (int i = 0; i < resolution.Bands.Length; i++)
            {
                J2kBand band = resolution.Bands[i];
                J2kBlock?[] blocks = resolution.Precincts[place].Blocks[i] ?? [];
                for (int b = 0; b < blocks.Length; b++)
                {
                    if (blocks[b] is not { } block)
                    {
                        continue;
                    }

                    ReadOnlySpan<int> coefficients = decoder.Decode(block, band);
                    (int left, int top) = (block.Area.X0 - band.Area.X0 + (band.OffsetX * smaller.Width), block.Area.Y0 - band.Area.Y0 + (band.OffsetY * smaller.Height));
                    for (int k = 0; k < coefficients.Length; k++)
                    {
                        int at = ((top + (k / block.Area.Width)) * stride) + left + (k % block.Area.Width);
                        if (floats.Length == 0)
                        {
                            integers[at] = coefficients[k] / 2;
                        }
                        else
                        {
                            floats[at] = coefficients[k] * band.StepSize;
                        }
                    }
                }
            }
        }
    }
}
