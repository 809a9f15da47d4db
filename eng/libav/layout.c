// Prints the offsets and constants that src/LibAv uses, as the C compiler sees them in the installed FFmpeg headers.
//   gcc layout.c -o layout $(pkg-config --cflags libavformat libavdevice libavfilter) && ./layout > layouts/MAJOR.txt
// then ./generate.py. A field or a name that a major lacks is left out behind its version; generate.py writes -1 for it.
#include <stddef.h>
#include <stdio.h>
#include <libavcodec/avcodec.h>
#include <libavdevice/avdevice.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/channel_layout.h>
#include <libavutil/dict.h>
#include <libavutil/error.h>
#include <libavutil/frame.h>
#include <libavutil/hwcontext.h>
#include <libavutil/log.h>
#include <libavutil/mathematics.h>
#include <libavutil/pixdesc.h>
#include <libavutil/samplefmt.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>

#define VERSION(lib, major) printf("version " lib " %d\n", major)
#define OFFSET(type, field) printf("offset " #type "." #field " %zu\n", offsetof(type, field))
#define SIZE(type) printf("size " #type " %zu\n", sizeof(type))
#define CONSTANT(name) printf("constant " #name " %lld\n", (long long)(name))

int main(void)
{
    VERSION("avformat", LIBAVFORMAT_VERSION_MAJOR);
    VERSION("avcodec", LIBAVCODEC_VERSION_MAJOR);
    VERSION("avutil", LIBAVUTIL_VERSION_MAJOR);
    VERSION("swscale", LIBSWSCALE_VERSION_MAJOR);
    VERSION("swresample", LIBSWRESAMPLE_VERSION_MAJOR);
    VERSION("avfilter", LIBAVFILTER_VERSION_MAJOR);
    VERSION("avdevice", LIBAVDEVICE_VERSION_MAJOR);

    // Structs bound whole: the size and the fields must be as declared in src/LibAv/Native.
    SIZE(AVRational);
    SIZE(AVChannelLayout);
    OFFSET(AVChannelLayout, order);
    OFFSET(AVChannelLayout, nb_channels);
    OFFSET(AVChannelLayout, u);
    OFFSET(AVChannelLayout, opaque);
    SIZE(AVIOInterruptCB);
    OFFSET(AVIOInterruptCB, callback);
    OFFSET(AVIOInterruptCB, opaque);
    SIZE(AVDictionaryEntry);
    OFFSET(AVDictionaryEntry, key);
    OFFSET(AVDictionaryEntry, value);
    SIZE(AVProducerReferenceTime);
    OFFSET(AVProducerReferenceTime, wallclock);
    OFFSET(AVProducerReferenceTime, flags);

    OFFSET(AVFormatContext, iformat);
    OFFSET(AVFormatContext, oformat);
    OFFSET(AVFormatContext, pb);
    OFFSET(AVFormatContext, nb_streams);
    OFFSET(AVFormatContext, streams);
    OFFSET(AVFormatContext, start_time);
    OFFSET(AVFormatContext, duration);
    OFFSET(AVFormatContext, bit_rate);
    OFFSET(AVFormatContext, flags);
    OFFSET(AVFormatContext, interrupt_callback);

    OFFSET(AVInputFormat, name);
    OFFSET(AVInputFormat, flags);
    OFFSET(AVOutputFormat, name);
    OFFSET(AVOutputFormat, flags);

    OFFSET(AVStream, index);
    OFFSET(AVStream, codecpar);
    OFFSET(AVStream, time_base);
    OFFSET(AVStream, start_time);
    OFFSET(AVStream, duration);
    OFFSET(AVStream, nb_frames);
    OFFSET(AVStream, disposition);
    OFFSET(AVStream, discard);
    OFFSET(AVStream, sample_aspect_ratio);
    OFFSET(AVStream, avg_frame_rate);
    OFFSET(AVStream, r_frame_rate);

    OFFSET(AVCodecParameters, codec_type);
    OFFSET(AVCodecParameters, codec_id);
    OFFSET(AVCodecParameters, codec_tag);
    OFFSET(AVCodecParameters, extradata);
    OFFSET(AVCodecParameters, extradata_size);
    OFFSET(AVCodecParameters, format);
    OFFSET(AVCodecParameters, bit_rate);
    OFFSET(AVCodecParameters, profile);
    OFFSET(AVCodecParameters, level);
    OFFSET(AVCodecParameters, width);
    OFFSET(AVCodecParameters, height);
    OFFSET(AVCodecParameters, sample_aspect_ratio);
    OFFSET(AVCodecParameters, color_range);
    OFFSET(AVCodecParameters, color_space);
    OFFSET(AVCodecParameters, video_delay);
    OFFSET(AVCodecParameters, ch_layout);
    OFFSET(AVCodecParameters, sample_rate);
    OFFSET(AVCodecParameters, frame_size);

    OFFSET(AVCodec, name);
    OFFSET(AVCodec, type);
#if LIBAVCODEC_VERSION_MAJOR < 62
    // Newer ones are asked through avcodec_get_supported_config.
    OFFSET(AVCodec, sample_fmts);
#endif

    OFFSET(AVCodecContext, codec_id);
    OFFSET(AVCodecContext, codec_tag);
    OFFSET(AVCodecContext, bit_rate);
    OFFSET(AVCodecContext, flags);
    OFFSET(AVCodecContext, extradata);
    OFFSET(AVCodecContext, extradata_size);
    OFFSET(AVCodecContext, time_base);
    OFFSET(AVCodecContext, framerate);
    OFFSET(AVCodecContext, pkt_timebase);
    OFFSET(AVCodecContext, width);
    OFFSET(AVCodecContext, height);
    OFFSET(AVCodecContext, gop_size);
    OFFSET(AVCodecContext, pix_fmt);
    OFFSET(AVCodecContext, max_b_frames);
    OFFSET(AVCodecContext, has_b_frames);
    OFFSET(AVCodecContext, sample_aspect_ratio);
    OFFSET(AVCodecContext, colorspace);
    OFFSET(AVCodecContext, color_range);
    OFFSET(AVCodecContext, sample_rate);
    OFFSET(AVCodecContext, sample_fmt);
    OFFSET(AVCodecContext, frame_size);
    OFFSET(AVCodecContext, ch_layout);
    OFFSET(AVCodecContext, rc_buffer_size);
    OFFSET(AVCodecContext, rc_max_rate);
    OFFSET(AVCodecContext, thread_count);
    OFFSET(AVCodecContext, thread_type);
    OFFSET(AVCodecContext, skip_frame);
    OFFSET(AVCodecContext, hw_frames_ctx);

    OFFSET(AVPacket, pts);
    OFFSET(AVPacket, dts);
    OFFSET(AVPacket, data);
    OFFSET(AVPacket, size);
    OFFSET(AVPacket, stream_index);
    OFFSET(AVPacket, flags);
    OFFSET(AVPacket, duration);

    OFFSET(AVBufferRef, data);

    OFFSET(AVHWFramesContext, initial_pool_size);
    OFFSET(AVHWFramesContext, format);
    OFFSET(AVHWFramesContext, sw_format);
    OFFSET(AVHWFramesContext, width);
    OFFSET(AVHWFramesContext, height);

    OFFSET(AVFrame, data);
    OFFSET(AVFrame, linesize);
    OFFSET(AVFrame, extended_data);
    OFFSET(AVFrame, width);
    OFFSET(AVFrame, height);
    OFFSET(AVFrame, nb_samples);
    OFFSET(AVFrame, format);
#if LIBAVUTIL_VERSION_MAJOR < 60
    OFFSET(AVFrame, key_frame);
#endif
    OFFSET(AVFrame, pict_type);
    OFFSET(AVFrame, sample_aspect_ratio);
    OFFSET(AVFrame, pts);
    OFFSET(AVFrame, time_base);
    OFFSET(AVFrame, sample_rate);
    OFFSET(AVFrame, flags);
    OFFSET(AVFrame, color_range);
    OFFSET(AVFrame, colorspace);
    OFFSET(AVFrame, best_effort_timestamp);
    OFFSET(AVFrame, decode_error_flags);
    OFFSET(AVFrame, ch_layout);

    OFFSET(AVFilterInOut, name);
    OFFSET(AVFilterInOut, filter_ctx);
    OFFSET(AVFilterInOut, pad_idx);
    OFFSET(AVFilterInOut, next);

    OFFSET(AVDeviceInfo, device_name);
    OFFSET(AVDeviceInfo, device_description);
    OFFSET(AVDeviceInfoList, devices);
    OFFSET(AVDeviceInfoList, nb_devices);

    CONSTANT(AVERROR_EOF);
    CONSTANT(AVERROR_EXIT);
    CONSTANT(AVERROR_INVALIDDATA);
    CONSTANT(AVERROR_STREAM_NOT_FOUND);
    CONSTANT(AVERROR_DECODER_NOT_FOUND);
    CONSTANT(AVERROR_ENCODER_NOT_FOUND);
    CONSTANT(AVERROR_DEMUXER_NOT_FOUND);
    CONSTANT(AVERROR_MUXER_NOT_FOUND);
    CONSTANT(AVERROR_PROTOCOL_NOT_FOUND);
    CONSTANT(AVERROR_FILTER_NOT_FOUND);
    CONSTANT(AVERROR_OPTION_NOT_FOUND);
    CONSTANT(AVERROR_PATCHWELCOME);
    CONSTANT(AVERROR_HTTP_BAD_REQUEST);
    CONSTANT(AVERROR_HTTP_UNAUTHORIZED);
    CONSTANT(AVERROR_HTTP_FORBIDDEN);
    CONSTANT(AVERROR_HTTP_NOT_FOUND);
    CONSTANT(AVERROR_HTTP_SERVER_ERROR);
    CONSTANT(AV_NOPTS_VALUE);
    CONSTANT(AV_ERROR_MAX_STRING_SIZE);

    CONSTANT(AVMEDIA_TYPE_VIDEO);
    CONSTANT(AVMEDIA_TYPE_AUDIO);
    CONSTANT(AVMEDIA_TYPE_DATA);
    CONSTANT(AVMEDIA_TYPE_SUBTITLE);
    CONSTANT(AVMEDIA_TYPE_ATTACHMENT);

    CONSTANT(AVFMT_NOFILE);
    CONSTANT(AVFMT_GLOBALHEADER);
    CONSTANT(AVIO_FLAG_WRITE);
    CONSTANT(AVSEEK_FLAG_BACKWARD);
    CONSTANT(AV_DICT_IGNORE_SUFFIX);
    CONSTANT(AV_DISPOSITION_ATTACHED_PIC);

    CONSTANT(AV_PKT_FLAG_KEY);
    CONSTANT(AV_PKT_FLAG_CORRUPT);
    CONSTANT(AV_PKT_DATA_PRFT);
    CONSTANT(AV_PKT_DATA_NEW_EXTRADATA);

    CONSTANT(AV_CODEC_FLAG_OUTPUT_CORRUPT);
    CONSTANT(AV_CODEC_FLAG_LOW_DELAY);
    CONSTANT(AV_CODEC_FLAG_GLOBAL_HEADER);
    CONSTANT(FF_THREAD_SLICE);
    CONSTANT(AVDISCARD_DEFAULT);
    CONSTANT(AVDISCARD_NONREF);
    CONSTANT(AVDISCARD_BIDIR);
    CONSTANT(AVDISCARD_NONKEY);
    CONSTANT(AVDISCARD_ALL);

    CONSTANT(AV_FRAME_FLAG_CORRUPT);
#if LIBAVUTIL_VERSION_MAJOR >= 58
    CONSTANT(AV_FRAME_FLAG_KEY);
#endif
    CONSTANT(AV_PICTURE_TYPE_NONE);
    CONSTANT(AV_PICTURE_TYPE_I);
    CONSTANT(AV_PICTURE_TYPE_P);
    CONSTANT(AV_PICTURE_TYPE_B);
    CONSTANT(AVCOL_RANGE_UNSPECIFIED);
    CONSTANT(AVCOL_RANGE_MPEG);
    CONSTANT(AVCOL_RANGE_JPEG);
    CONSTANT(AVCOL_SPC_RGB);
    CONSTANT(AVCOL_SPC_BT709);
    CONSTANT(AVCOL_SPC_UNSPECIFIED);
    CONSTANT(AVCOL_SPC_FCC);
    CONSTANT(AVCOL_SPC_BT470BG);
    CONSTANT(AVCOL_SPC_SMPTE170M);
    CONSTANT(AVCOL_SPC_SMPTE240M);
    CONSTANT(AVCOL_SPC_YCGCO);
    CONSTANT(AVCOL_SPC_BT2020_NCL);
    CONSTANT(AVCOL_SPC_BT2020_CL);
    CONSTANT(AV_PIX_FMT_NONE);
    CONSTANT(AV_SAMPLE_FMT_NONE);
    CONSTANT(AV_SAMPLE_FMT_U8);
    CONSTANT(AV_SAMPLE_FMT_S16);
    CONSTANT(AV_SAMPLE_FMT_S32);
    CONSTANT(AV_SAMPLE_FMT_FLT);
    CONSTANT(AV_SAMPLE_FMT_DBL);
    CONSTANT(AV_SAMPLE_FMT_U8P);
    CONSTANT(AV_SAMPLE_FMT_S16P);
    CONSTANT(AV_SAMPLE_FMT_S32P);
    CONSTANT(AV_SAMPLE_FMT_FLTP);
    CONSTANT(AV_SAMPLE_FMT_DBLP);

    CONSTANT(AV_LOG_FATAL);
    CONSTANT(AV_LOG_ERROR);
    CONSTANT(AV_LOG_WARNING);
    CONSTANT(AV_LOG_INFO);

    CONSTANT(SWS_FAST_BILINEAR);
    CONSTANT(SWS_BILINEAR);
    CONSTANT(SWS_BICUBIC);
    CONSTANT(SWS_POINT);
    CONSTANT(SWS_AREA);
    CONSTANT(SWS_FULL_CHR_H_INT);
    CONSTANT(SWS_FULL_CHR_H_INP);
    CONSTANT(SWS_ACCURATE_RND);
    CONSTANT(SWS_CS_DEFAULT);
    CONSTANT(AV_BUFFERSRC_FLAG_KEEP_REF);
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(61, 13, 100)
    CONSTANT(AV_CODEC_CONFIG_SAMPLE_FORMAT);
#endif
    return 0;
}
