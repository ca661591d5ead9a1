// Texts that only this page has, or says in another way than the classic one.

export const texts = {
  zh: {
    tagline: '私聊与群聊演示：消息不丢、不重、多设备同步', classicPage: '经典页面', attach: '发送图片或文件', record: '录制语音', stopRecord: '停止并发送',
    reply: '回复', edit: '编辑', recall: '撤回', cancel: '取消', edited: '已编辑', recalledOwn: '您撤回了一条消息', recalledBy: name => `${name} 撤回了一条消息`,
    replyingTo: name => `回复 ${name}`, editing: '编辑消息', readPair: '已读', readGroup: n => `${n} 人已读`, typingOne: name => `${name} 正在输入…`, typingMany: '多人正在输入…',
    older: '更早的消息', gap: '这里的一部分消息已不再保存', added: name => `${name} 加入了群聊`, removed: name => `${name} 离开了群聊`,
    kind_image: '[图片]', kind_file: '[文件]', kind_voice: '[语音]', kind_location: '[位置]', kind_custom: '[消息]', kind_gone: '消息已撤回',
    leaveGroup: '退出群聊', leftGroupNow: '您已不在这个群聊中', joinAgain: '重新加入', memberRole_owner: '群主', memberRole_admin: '管理员',
    uploading: name => `正在上传 ${name}…`, uploadTooLarge: '文件太大', uploadBadType: '不支持这种文件', uploadFailed: '上传失败', noMicrophone: '无法使用麦克风',
    state_queued: '等待发送', state_sending: '发送中', state_sent: '已送达服务器', state_failed: '未发送', state_unknown: '未确认是否送达', state_lost: '服务器已丢失这条消息',
    storageOff: '无法保存到本机，消息只在本页保留', bannerWaiting: s => `连接已断开，${s} 秒后重试。消息会自动发送。`, loading: '加载中…', people: n => `${n} 人`,
    kilobytes: n => `${n} KB`, megabytes: n => `${n} MB`,
  },
  en: {
    tagline: 'Private and group chat: nothing lost, nothing twice, on every device', classicPage: 'classic page', attach: 'Send a picture or a file', record: 'Record a voice message', stopRecord: 'Stop and send',
    reply: 'Reply', edit: 'Edit', recall: 'Recall', cancel: 'Cancel', edited: 'edited', recalledOwn: 'You recalled a message', recalledBy: name => `${name} recalled a message`,
    replyingTo: name => `Replying to ${name}`, editing: 'Editing', readPair: 'Read', readGroup: n => `Read by ${n}`, typingOne: name => `${name} is typing…`, typingMany: 'Several people are typing…',
    older: 'Earlier messages', gap: 'Some messages that stood here are no longer kept', added: name => `${name} joined the group`, removed: name => `${name} left the group`,
    kind_image: '[Picture]', kind_file: '[File]', kind_voice: '[Voice]', kind_location: '[Place]', kind_custom: '[Message]', kind_gone: 'Message recalled',
    leaveGroup: 'Leave the group', leftGroupNow: 'You are not in this group', joinAgain: 'Join again', memberRole_owner: 'owner', memberRole_admin: 'admin',
    uploading: name => `Sending ${name}…`, uploadTooLarge: 'The file is too large', uploadBadType: 'Files of this type are not taken', uploadFailed: 'The file could not be sent', noMicrophone: 'No microphone',
    state_queued: 'Waiting to be sent', state_sending: 'Sending', state_sent: 'Received by the server', state_failed: 'Not sent', state_unknown: 'Delivery not confirmed', state_lost: 'The server has lost this message',
    storageOff: 'Nothing can be kept on this device; messages stay on this page only', bannerWaiting: s => `Connection lost. Next try in ${s} s; messages are sent then.`, loading: 'Loading…', people: n => `${n} ${n === 1 ? 'member' : 'members'}`,
    kilobytes: n => `${n} KB`, megabytes: n => `${n} MB`,
  },
};
